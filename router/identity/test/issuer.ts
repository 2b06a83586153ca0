import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import type { Changes } from './tokens.js'

export const AUDIENCE = 'https://id.acme.example/graphql'

/** How an issuer's server answers when it is asked for keys. */
type Serve = Parameters<typeof createServer>[1]

export type TestIssuer = {
  name: string
  algorithm: string
  issuer: string
  jwksUri: string
  privateJwk: JWK
  /** Paths that somebody asked for. */
  visits: string[]
  /** Answers in another way from now on; without an argument, with its keys again. */
  serve(otherwise?: Serve): void
  sign(changes?: Changes): Promise<string>
  stop(): Promise<void>
}

/** An issuer elsewhere, with a key and a server of its own. */
export async function startIssuer(name: string, algorithm = 'ES256', kid = 'k1'): Promise<TestIssuer> {
  const pair = await generateKeyPair(algorithm, { extractable: true })
  const privateJwk = { ...(await exportJWK(pair.privateKey)), kid }
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid, use: 'sig' }
  const visits: string[] = []
  const withKeys: Serve = (_, response) => response.end(JSON.stringify({ keys: [publicJwk] }))
  let answer = withKeys
  const server = createServer((request, response) => {
    visits.push(request.url ?? '')
    answer?.(request, response)
  })
  const base = await listen(server)
  const issuer = `https://${name}.example`

  return {
    ...{ name, algorithm, issuer, jwksUri: `${base}/keys`, privateJwk, visits },
    serve: (otherwise = withKeys) => {
      answer = otherwise
    },
    sign: async ({ claims, header } = {}) => {
      const now = Math.floor(Date.now() / 1000)
      const good = { iss: issuer, aud: AUDIENCE, sub: 'someone', iat: now, exp: now + 300 }
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid, ...header })
        .sign(await importJWK(privateJwk, algorithm))
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What `router.yaml` says of it. */
export const rulesOf = ({ name, issuer, jwksUri, algorithm }: TestIssuer, more: object = {}) => ({
  ...{ name, issuer, jwksUri, audiences: [AUDIENCE], algorithms: [algorithm] },
  ...more,
})

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
