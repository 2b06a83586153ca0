import { answerCalls } from '../../shared/calls/transport.js'
import { usersCalls } from '../../shared/contracts/users.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { Account, AccountStore, ContactChangeStore } from '../domain/ports.js'
import type { Roles } from '../domain/roles.js'

/** What users answers other subgraphs at once. */
export const answerUsersCalls = (
  accounts: Pick<AccountStore, 'findByIdentifier' | 'findMany'>,
  changes: Pick<ContactChangeStore, 'findProvable'>,
  told: Told,
) => {
  const describe = describeWith(told)
  return answerCalls(usersCalls, {
    async findByIdentifier(identifier) {
      const account = await accounts.findByIdentifier(identifier)
      return account && describe(account)
    },
    async findContactChange({ changeId }) {
      const change = isId(ID_PREFIXES.contactChange, changeId) ? await changes.findProvable(changeId) : null
      if (!change) return null
      const { userId, kind, oldValue, newValue, provable } = change
      return { userId, kind, oldValue, newValue, provable }
    },
    async getMany({ ids }) {
      const rows = await accounts.findMany(ids)
      return rows.map((account) => ({
        ...describe(account),
        email: account.email,
        phoneNumber: account.phoneNumber,
        displayName: account.displayName,
        locale: account.locale,
        timeZone: account.timeZone,
      }))
    },
  })
}

type Told = {
  roles: Pick<Roles, 'scopesOf' | 'sessionLifeOf'>
  claimsOf: (account: Account) => Record<string, unknown>
}

const describeWith =
  ({ roles: { scopesOf, sessionLifeOf }, claimsOf }: Told) =>
  (account: Account) => ({
    id: account.id,
    status: account.status,
    everVerified: account.verifiedAt !== null,
    emailVerified: account.emailVerifiedAt !== null,
    phoneNumberVerified: account.phoneNumberVerifiedAt !== null,
    roles: account.roles,
    scopes: scopesOf(account.roles),
    sessionLife: sessionLifeOf(account.roles),
    claims: claimsOf(account),
    accessVersion: account.accessVersion,
  })
