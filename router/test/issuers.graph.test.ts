import { readFile, writeFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import { rulesOf, startIssuer, type TestIssuer } from '../identity/test/issuer.js'
import { ask } from './seed/ask.js'
import { someVerified } from './seed/people.js'

const RULES = process.env['GRAPH_ROUTER_CONFIG'] ?? ''
const USER = 'query($id: ID!) { user(id: $id) { email } }'

let robots: TestIssuer
let token: string

/** What `router.yaml` says of issuers, from now on. */
async function list(...issuers: object[]): Promise<void> {
  const document = parseDocument(await readFile(RULES, 'utf8'))
  document.setIn(['identity', 'issuers'], issuers)
  await writeFile(RULES, document.toString())
}

const until = (status: number, asked: string) =>
  eventually(async () => (await ask('{ me { id } }', { token: asked })).status === status)

beforeAll(async () => {
  robots = await startIssuer('robots', 'EdDSA')
  token = await robots.sign({ claims: { scope: 'users:read roles:write' } })
  await list(rulesOf(robots, { scopes: { allow: ['users:read'] } }))
  await until(200, token)
})
afterAll(async () => {
  await list()
  await robots.stop()
})

test('a further issuer’s subject does what its scopes say, and is nobody: no account, no session, no step-up', async () => {
  const ada = await (await someVerified()).signIn()
  const codesOf = async (query: string) => (await ask(query, { token })).codes

  const read = await ask(USER, { token, variables: { id: ada.userId } })
  const { data } = await ask('{ me { id username mfa { enabled } } currentSession { id } }', { token })

  expect(read.data).toMatchObject({ user: { email: expect.stringContaining('@acme.test') } })
  expect(data).toEqual({ me: null, currentSession: null })
  expect(await codesOf('{ auditLog(first: 1) { nodes { id } } }')).toEqual(['FORBIDDEN'])
  for (const mutation of [
    'beginStepUp(input: {}) { methods }',
    'revokeOtherSessions { revokedSessionIds }',
    'changeUsername(input: { username: "robot" }) { userErrors { code } }',
    'updateProfile(input: { profile: { givenName: "R" } }) { userErrors { code } }',
    'regenerateRecoveryCodes { userErrors { code } }',
  ]) {
    expect(await codesOf(`mutation { ${mutation} }`)).toEqual(['FORBIDDEN'])
  }
})

test('a subject that is called as one of our users is not that user', async () => {
  const ada = await (await someVerified()).signIn()
  const named = await robots.sign({ claims: { sub: ada.userId, sid: ada.sessionId, client_id: 'web' } })

  const { data } = await ask('{ me { id } currentSession { id } }', { token: named })
  const { data: out } = await ask('mutation { logout { loggedOut } }', { token: named })
  const own = await ask('{ me { id } }', { token: ada.tokens.accessToken })

  expect(data).toEqual({ me: null, currentSession: null })
  expect(out).toMatchObject({ logout: { loggedOut: expect.any(Boolean) } })
  expect(own.data).toEqual({ me: { id: ada.userId } })
})

test('validateToken speaks of this graph’s own tokens', async () => {
  const { data } = await ask(
    'query($token: JWT!) { validateToken(token: $token) { valid session { id } } }',
    {
      variables: { token },
    },
  )

  expect(data).toEqual({ validateToken: { valid: false, session: null } })
})

test('once it is taken out of the file its tokens are refused', async () => {
  await list()

  expect(await until(401, token)).toBe(true)
})
