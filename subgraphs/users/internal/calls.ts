import { answerCalls } from '../../shared/calls/transport.js'
import { usersCalls } from '../../shared/contracts/users.js'
import type { Account, AccountStore } from '../domain/ports.js'
import { scopesOf } from '../domain/roles.js'

/** What users answers other subgraphs at once. */
export const answerUsersCalls = (accounts: Pick<AccountStore, 'findByIdentifier' | 'findMany'>) =>
  answerCalls(usersCalls, {
    async findByIdentifier(identifier) {
      const account = await accounts.findByIdentifier(identifier)
      return account && describe(account)
    },
    async getMany({ ids }) {
      const rows = await accounts.findMany(ids)
      return rows.map((account) => ({
        ...describe(account),
        email: account.email,
        displayName: account.displayName,
        locale: account.locale,
        timeZone: account.timeZone,
      }))
    },
  })

const describe = ({ id, status, verifiedAt, emailVerifiedAt, roles, accessVersion }: Account) => ({
  id,
  status,
  everVerified: verifiedAt !== null,
  emailVerified: emailVerifiedAt !== null,
  roles,
  scopes: scopesOf(roles),
  accessVersion,
})
