import { decodeJwt } from 'jose'
import { ask, someNetwork } from './seed/ask.js'
import { someAdmin } from './seed/operators.js'
import { someClient, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const CREATE = `mutation($input: CreateApiClientInput!) {
  createApiClient(input: $input) { client { id name scopes lastUsedAt } clientSecret userErrors { code field } }
}`
const ROTATE =
  'mutation($id: ID!) { rotateApiClientSecret(id: $id) { client { id } clientSecret userErrors { code } } }'
const DELETE = 'mutation($id: ID!) { deleteApiClient(id: $id) { deletedApiClientId userErrors { code } } }'
const ISSUE = `mutation($input: IssueClientTokenInput!) {
  issueClientToken(input: $input) { accessToken scopes userErrors { code field } }
}`
const USER = 'query($id: ID!) { user(id: $id) { email } }'

let adminToken: string
beforeAll(async () => {
  const { session } = await someAdmin()
  adminToken = session.tokens.accessToken
})

type Made = { client: { id: string }; clientSecret: string }

async function made(scopes = ['users:read']): Promise<{ clientId: string; clientSecret: string }> {
  const { data } = await ask(CREATE, { token: adminToken, variables: { input: { name: 'Mailer', scopes } } })
  const { client, clientSecret } = data['createApiClient'] as unknown as Made
  return { clientId: client.id, clientSecret }
}

async function issue(input: Record<string, unknown>, ip = someNetwork()) {
  const { data } = await ask(ISSUE, { variables: { input }, ip })
  return data['issueClientToken'] as unknown as {
    accessToken: string | null
    scopes: string[]
    userErrors: { code: string }[]
  }
}

const tokenOf = async (input: Record<string, unknown>): Promise<string> =>
  (await issue(input)).accessToken ?? ''

describe('machine clients', () => {
  test('an administrator makes one; for its secret it gets a token, which does what its scopes say', async () => {
    const ada = await (await someVerified()).signIn()
    const client = await made()

    const { accessToken, scopes } = await issue(client)
    const token = accessToken ?? ''
    const read = await ask(USER, { token, variables: { id: ada.userId } })
    const written = await ask(
      'mutation($id: ID!) { revokeUserSessions(userId: $id) { revokedSessionIds } }',
      {
        ...{ token, variables: { id: ada.userId } },
      },
    )

    expect(scopes).toEqual(['users:read'])
    expect(read.data).toMatchObject({ user: { email: expect.stringContaining('@acme.test') } })
    expect(written.codes).toEqual(['FORBIDDEN'])
    expect(decodeJwt(token)).toMatchObject({ sub: client.clientId, client_id: client.clientId })
  })

  test('it is nobody: it has no account, no session, and no step-up', async () => {
    const token = await tokenOf(await made())
    const codesOf = async (query: string) => (await ask(query, { token })).codes

    const { data } = await ask('{ me { id username } currentSession { id } }', { token })

    expect(data).toEqual({ me: null, currentSession: null })
    expect(await codesOf('mutation { beginStepUp(input: {}) { methods } }')).toEqual(['FORBIDDEN'])
    expect(await codesOf('mutation { revokeOtherSessions { revokedSessionIds } }')).toEqual(['FORBIDDEN'])
    expect(
      await codesOf('mutation { changeUsername(input: { username: "mailer" }) { userErrors { code } } }'),
    ).toEqual(['FORBIDDEN'])
    expect(
      await codesOf(
        'mutation { updateProfile(input: { profile: { givenName: "M" } }) { userErrors { code } } }',
      ),
    ).toEqual(['FORBIDDEN'])
  })

  test('5.5: nor may it make others or change a secret, whatever its scopes', async () => {
    const client = await made(['clients:read', 'clients:write'])
    const token = await tokenOf(client)

    const create = await ask(CREATE, { token, variables: { input: { name: 'x', scopes: ['clients:read'] } } })
    const rotate = await ask(ROTATE, { token, variables: { id: client.clientId } })

    expect([create.codes, rotate.codes]).toEqual([['FORBIDDEN'], ['FORBIDDEN']])
  })

  test('nobody makes one with scopes that they do not hold, and a person makes none', async () => {
    const { tokens } = await (await someVerified()).signIn()
    const input = { name: 'Mailer', scopes: ['users:read', 'orders:write'] }

    const tooMuch = await ask(CREATE, { token: adminToken, variables: { input } })
    const person = await ask(CREATE, { token: tokens.accessToken, variables: { input } })

    expect(tooMuch.data).toMatchObject({
      createApiClient: { client: null, userErrors: [{ code: 'INVALID', field: ['scopes', '1'] }] },
    })
    expect([person.status, person.codes]).toEqual([403, ['FORBIDDEN']])
  })

  test('4.5: another secret ends the one before and its tokens within 5 seconds', async () => {
    const client = await made()
    const token = await tokenOf(client)

    const { data } = await ask(ROTATE, { token: adminToken, variables: { id: client.clientId } })
    const { clientSecret } = data['rotateApiClientSecret'] as unknown as Made

    expect(await untilRefused(token)).toBeLessThan(REVOCATION_MS)
    expect(await issue(client)).toMatchObject({ userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(await issue({ ...client, clientSecret })).toMatchObject({ userErrors: [] })
  })

  test('4.5: a client that is deleted has its tokens refused within 5 seconds', async () => {
    const client = await made()
    const token = await tokenOf(client)

    const { data } = await ask(DELETE, { token: adminToken, variables: { id: client.clientId } })

    expect(data).toEqual({ deleteApiClient: { deletedApiClientId: client.clientId, userErrors: [] } })
    expect(await untilRefused(token)).toBeLessThan(REVOCATION_MS)
    expect(await issue(client)).toMatchObject({ userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
  })

  test('7.2: of 50 wrong secrets from one network, 30 are looked at', async () => {
    const { clientId } = await made()
    const ip = someNetwork()
    const wrong = { clientId, clientSecret: `ugs_${'A'.repeat(43)}` }

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => ask(ISSUE, { variables: { input: wrong }, ip })),
    )

    expect(answers.filter(({ codes }) => codes.includes('RATE_LIMITED'))).toHaveLength(20)
  })

  test('the SDK does all of it', async () => {
    const ada = await someAdmin()
    const client = someClient(ada.ip)
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })

    const { client: mailer, clientSecret } = await client.createApiClient({
      ...{ name: 'Mailer', scopes: ['notifications:send'] },
    })
    const clientId = mailer?.id ?? ''
    const issued = await someClient().issueClientToken({ clientId, clientSecret: clientSecret ?? '' })
    const listed = await client.apiClients({ first: 1 })
    const rotated = await client.rotateApiClientSecret(clientId)
    const deleted = await client.deleteApiClient(clientId)

    expect(issued).toMatchObject({ scopes: ['notifications:send'], userErrors: [] })
    expect(listed.nodes).toMatchObject([{ id: clientId, lastUsedAt: expect.any(String) }])
    expect(rotated.clientSecret).toMatch(/^ugs_/)
    expect(deleted.deletedApiClientId).toBe(clientId)
  })
})
