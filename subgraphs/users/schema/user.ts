import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql'
import { Node } from '../../shared/graphql/node.js'
import {
  CalendarDate,
  DateTime,
  EmailAddress,
  Locale,
  PhoneNumber,
  TimeZone,
} from '../../shared/graphql/scalars.js'

export const UserStatus = {
  ACTIVE: 'ACTIVE',
  PENDING_VERIFICATION: 'PENDING_VERIFICATION',
  DISABLED: 'DISABLED',
  LOCKED: 'LOCKED',
  PENDING_DELETION: 'PENDING_DELETION',
} as const

registerEnumType(UserStatus, { name: 'UserStatus' })

/** What is one's own, or a supporter's to see; anyone else gets null, as for an account that does not exist. */
const OWN = '@policy(policies: [["self"], ["users:read"]])'
const PERSONAL = '@tag(name: "pii")'

@ObjectType()
export class Role {
  @Field(() => String)
  name!: string

  @Field(() => String, { nullable: true })
  description!: string | null

  @Field(() => [String])
  permissions!: readonly string[]
}

@Directive('@key(fields: "id")')
@ObjectType({ implements: Node, description: 'The account. Any team may extend it by `@key(fields: "id")`.' })
export class User extends Node {
  @Directive(OWN)
  @Field(() => UserStatus, { nullable: true })
  status!: keyof typeof UserStatus | null

  @Directive(OWN)
  @Field(() => String, { nullable: true })
  username!: string | null

  @Field(() => String, { nullable: true })
  displayName!: string | null

  @Directive(OWN)
  @Directive(PERSONAL)
  @Field(() => String, { nullable: true })
  givenName!: string | null

  @Directive(OWN)
  @Directive(PERSONAL)
  @Field(() => String, { nullable: true })
  familyName!: string | null

  @Directive(OWN)
  @Directive(PERSONAL)
  @Field(() => CalendarDate, { nullable: true })
  birthdate!: string | null

  @Directive(OWN)
  @Directive(PERSONAL)
  @Field(() => EmailAddress, { nullable: true })
  email!: string | null

  @Field(() => Boolean)
  emailVerified!: boolean

  @Directive(OWN)
  @Directive(PERSONAL)
  @Field(() => PhoneNumber, { nullable: true })
  phoneNumber!: string | null

  @Field(() => Boolean)
  phoneNumberVerified!: boolean

  @Field(() => Locale)
  locale!: string

  @Field(() => TimeZone, { nullable: true })
  timeZone!: string | null

  @Directive(OWN)
  @Field(() => [Role], { nullable: true })
  roles!: Role[] | null

  @Field(() => DateTime)
  createdAt!: Date

  @Field(() => DateTime)
  updatedAt!: Date
}
