import { decodeJwt } from 'jose'
import { viewerOfToken } from '../../shared/identity/access-token-claims.js'
import { createClientTokenSigner } from './client-tokens.js'
import { makeSigningKey, openSigningKeys } from './signing-keys.js'
import { createTokenReader } from './validate-token.js'

const PUBLIC_URL = 'https://id.acme.test'
const SEALING_KEY = new Uint8Array(32).fill(1)

const keys = await openSigningKeys(
  [{ ...(await makeSigningKey(SEALING_KEY, 'EdDSA')), part: 'ACTIVE' }],
  SEALING_KEY,
)
const sign = createClientTokenSigner(() => keys, PUBLIC_URL)
const { token, expiresAt } = await sign({
  clientId: 'cli_mailer',
  secretId: 'cse_1',
  scopes: ['notifications:send'],
})

test('4.1: a machine client is its own subject, and its token says nothing that a person proves', () => {
  const claims = decodeJwt(token)

  expect(claims).toEqual({
    iss: PUBLIC_URL,
    aud: `${PUBLIC_URL}/graphql`,
    sub: 'cli_mailer',
    client_id: 'cli_mailer',
    sid: 'cse_1',
    scope: 'notifications:send',
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    iat: expect.any(Number),
    exp: (claims.iat ?? 0) + 300,
  })
  expect(expiresAt.getTime()).toBe((claims.exp ?? 0) * 1000)
})

test('5.5: whoever reads it meets a viewer that can prove nothing', async () => {
  const read = await createTokenReader(() => keys, PUBLIC_URL)(token)

  expect(read.valid && viewerOfToken(read.claims)).toEqual({
    userId: 'cli_mailer',
    sessionId: 'cse_1',
    clientId: 'cli_mailer',
    scopes: ['notifications:send'],
    methods: [],
    authenticatedAt: 0,
    assurance: 'none',
    stepUp: null,
  })
})
