import type { Act } from '../../shared/audit/act.js'
import { answerCalls } from '../../shared/calls/transport.js'
import { usersCalls } from '../../shared/contracts/users.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { ClaimsOfAccounts, ClaimsTold } from '../claims-of-accounts.js'
import type { InvitationStore } from '../domain/invitation-ports.js'
import type { Account, AccountStore, ContactChangeStore } from '../domain/ports.js'
import type { Roles } from '../domain/roles.js'

/** What users answers other subgraphs at once. */
export const answerUsersCalls = ({ accounts, changes, invitations }: Stores, told: Told) => {
  const describe = describeWith(told)
  return answerCalls(usersCalls, {
    async findByIdentifier(identifier) {
      const account = await accounts.findByIdentifier(identifier)
      const [claims] = await told.claimsOf([account])
      return account && { ...describe(account, claims), ...addressesOf(account) }
    },
    async findContactChange({ changeId }) {
      const change = isId(ID_PREFIXES.contactChange, changeId) ? await changes.findProvable(changeId) : null
      if (!change) return null
      const { userId, kind, oldValue, newValue, provable } = change
      return { userId, kind, oldValue, newValue, provable }
    },
    findAcceptances: ({ credentialIds }) => invitations.findAcceptances(credentialIds),
    async getMany({ ids }) {
      const rows = await accounts.findMany(ids)
      const claims = await told.claimsOf(rows)
      return rows.map((account, index) => ({
        ...describe(account, claims[index]),
        ...addressesOf(account),
        displayName: account.displayName,
        otherNames: namesOf(account),
        locale: account.locale,
        timeZone: account.timeZone,
      }))
    },
    async recordRefusals({ refusals }) {
      await told.recordActs(
        ...refusals.map(
          ({ by, ...detail }): Act => ({
            ...{ action: 'request.refuse', outcome: 'FAILURE', subjectId: by.userId, by, detail },
          }),
        ),
      )
      return {}
    },
    async proveAddress({ by, ...proof }) {
      await accounts.proveAddress(proof, by)
      return {}
    },
  })
}

type Stores = {
  accounts: Pick<AccountStore, 'findByIdentifier' | 'findMany' | 'proveAddress'>
  changes: Pick<ContactChangeStore, 'findProvable'>
  invitations: Pick<InvitationStore, 'findAcceptances'>
}

const addressesOf = ({ email, phoneNumber }: Account) => ({ email, phoneNumber })

const namesOf = ({ username, givenName, familyName }: Account): string[] =>
  [username, givenName, familyName].filter((name) => name !== null)

type Told = {
  roles: Pick<Roles, 'scopesOf' | 'scopesWithoutMfaOf' | 'requireMfa' | 'sessionLifeOf'>
  claimsOf: ClaimsOfAccounts
  recordActs: (...acts: Act[]) => Promise<void>
}

const describeWith =
  ({ roles }: Told) =>
  (account: Account, claims: ClaimsTold | undefined) => ({
    id: account.id,
    status: account.status,
    everVerified: account.verifiedAt !== null,
    emailVerified: account.emailVerifiedAt !== null,
    phoneNumberVerified: account.phoneNumberVerifiedAt !== null,
    roles: account.roles,
    scopes: roles.scopesOf(account.roles),
    scopesWithoutMfa: roles.scopesWithoutMfaOf(account.roles),
    requiresMfa: roles.requireMfa(account.roles),
    sessionLife: roles.sessionLifeOf(account.roles),
    ...claims,
    accessVersion: account.accessVersion,
  })
