import type { Account } from '../domain/ports.js'
import type { Role, User } from '../schema/user.js'

export type DescribeRole = (name: string) => Role

/** The one place where a row becomes a `User`: field by field, so that a new column is not shown by accident. */
export const toUser = (account: Account, describeRole: DescribeRole): User => ({
  id: account.id,
  status: account.status,
  username: account.username,
  displayName: account.displayName,
  givenName: account.givenName,
  familyName: account.familyName,
  birthdate: account.birthdate,
  email: account.email,
  emailVerified: account.emailVerifiedAt !== null,
  phoneNumber: account.phoneNumber,
  phoneNumberVerified: account.phoneNumberVerifiedAt !== null,
  locale: account.locale,
  timeZone: account.timeZone,
  roles: account.roles.map(describeRole),
  createdAt: account.createdAt,
  updatedAt: account.updatedAt,
})
