import type { Actor } from '../../shared/audit/act.js'
import { AppError } from '../../shared/errors/app-error.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { readDisplayText } from '../../shared/identifiers/display-text.js'
import type { ApiClient, ApiClientStore } from './api-client-ports.js'
import type { NetworkFailures } from './failure-ports.js'
import type { AccessToken } from './token-ports.js'

export type CreateApiClient = { name: string; scopes: readonly string[] }

export type IssueClientToken = {
  clientId: string
  clientSecret: string
  /** Fewer than the client has; null for all of them. */
  scopes: readonly string[] | null
  ip: string
}

export type ApiClientResult =
  /** The secret is known here for this one time: only its digest is stored. */
  { kind: 'made'; client: ApiClient; secret: string } | Refused | Forbidden

export type IssueClientTokenResult = { kind: 'issued'; token: AccessToken; scopes: string[] } | Refused

export type ApiClientDeleted = { kind: 'deleted' } | Refused | Forbidden

type Refused = { kind: 'refused'; problems: Problem[] }
/** The client may do more than who asks: its secret would be a way to that. */
type Forbidden = { kind: 'forbidden' }

export type SignClientToken = (claims: {
  clientId: string
  secretId: string
  scopes: readonly string[]
}) => Promise<AccessToken>

type Deps = {
  clients: ApiClientStore
  network: NetworkFailures
  newClientId: () => string
  newSecret: () => { id: string; secret: string }
  digestOf: (secret: string) => Uint8Array
  sign: SignClientToken
  covers: (held: readonly string[], others: readonly string[]) => boolean
}

const MAX_SCOPES = 50
/** What a scope of ours looks like, and one of any other team's should: `orders:read`. */
const SCOPE = /^[a-z][a-z0-9-]{0,31}(:[a-z][a-z0-9-]{0,31}){1,2}$/

/** Machine callers: made by an administrator, known by a secret, and allowed what their scopes say (RFC 6749, section 4.4). */
export function makeApiClients(deps: Deps) {
  const { clients, newClientId, newSecret, digestOf } = deps

  return {
    /** Nobody gives a client more than they may do themselves. */
    async create(held: readonly string[], input: CreateApiClient, by: Actor): Promise<ApiClientResult> {
      const name = readDisplayText(input.name)
      const problems = [...problemsOfName(name), ...problemsOfScopes(input.scopes, held)]
      if (problems.length > 0 || !('value' in name) || name.value === null)
        return { kind: 'refused', problems }

      const { id: secretId, secret } = newSecret()
      const scopes = [...new Set(input.scopes)]
      const client = await clients.create(
        { id: newClientId(), name: name.value, scopes },
        { id: secretId, digest: digestOf(secret) },
        by,
      )
      return { kind: 'made', client, secret }
    },

    /** The old secret, and every token that was issued for it, is worth nothing from here on. */
    async rotateSecret(held: readonly string[], clientId: string, by: Actor): Promise<ApiClientResult> {
      if (await mayDoMore(deps, clientId, held)) return { kind: 'forbidden' }
      const { id, secret } = newSecret()
      const client = await clients.rotateSecret(clientId, { id, digest: digestOf(secret) }, by)
      return client ? { kind: 'made', client, secret } : refused('NOT_FOUND', 'id')
    },

    async delete(held: readonly string[], clientId: string, by: Actor): Promise<ApiClientDeleted> {
      if (await mayDoMore(deps, clientId, held)) return { kind: 'forbidden' }
      return (await clients.delete(clientId, by)) ? { kind: 'deleted' } : refused('NOT_FOUND', 'id')
    },

    issueToken: (input: IssueClientToken): Promise<IssueClientTokenResult> => issueToken(deps, input),
  }
}

/** What a client may do is said when it is made, and never changes. */
async function mayDoMore({ clients, covers }: Deps, clientId: string, held: readonly string[]) {
  const client = await clients.find(clientId)
  return client !== null && !covers(held, client.scopes)
}

/** An unknown client and a wrong secret take the same steps and get the same answer. */
async function issueToken(deps: Deps, input: IssueClientToken): Promise<IssueClientTokenResult> {
  const network = await deps.network.take(input.ip)
  if (network.kind === 'limited') {
    throw new AppError('RATE_LIMITED', { retryAfterSeconds: network.retryAfterSeconds })
  }
  const known = await deps.clients.authenticate(input.clientId, deps.digestOf(input.clientSecret))
  if (!known) return { kind: 'refused', problems: [{ code: 'INVALID_CREDENTIALS' }] }
  await deps.network.giveBack(input.ip)

  const problems = problemsOfScopes(input.scopes ?? known.scopes, known.scopes)
  if (problems.length > 0) return { kind: 'refused', problems }
  const scopes = [...new Set(input.scopes ?? known.scopes)]
  const token = await deps.sign({ clientId: input.clientId, secretId: known.secretId, scopes })
  return { kind: 'issued', token, scopes }
}

function problemsOfName(name: ReturnType<typeof readDisplayText>): Problem[] {
  if ('problem' in name) return [{ code: name.problem, field: ['name'] }]
  return name.value === null ? [{ code: 'REQUIRED', field: ['name'] }] : []
}

function problemsOfScopes(scopes: readonly string[], held: readonly string[]): Problem[] {
  if (scopes.length === 0) return [{ code: 'REQUIRED', field: ['scopes'] }]
  if (scopes.length > MAX_SCOPES) return [{ code: 'TOO_LONG', field: ['scopes'] }]
  return scopes.flatMap((scope, index) =>
    SCOPE.test(scope) && held.includes(scope)
      ? []
      : [{ code: 'INVALID', field: ['scopes', String(index)] } satisfies Problem],
  )
}

const refused = (code: Problem['code'], field: string): Refused => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
