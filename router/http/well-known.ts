import type { FastifyInstance } from 'fastify'
import type { JSONWebKeySet } from 'jose'

/** Public halves of the keys that sign access tokens and grants, in one set (RFC 7517). */
export function addJwks(server: FastifyInstance, sets: readonly (() => Promise<JSONWebKeySet>)[]): void {
  server.get('/.well-known/jwks.json', async (_, reply) => {
    const keys = (await Promise.all(sets.map((jwks) => jwks()))).flatMap((set) => set.keys)
    return reply
      .type('application/jwk-set+json')
      .header('cache-control', 'public, max-age=300')
      .send(JSON.stringify({ keys }))
  })
}
