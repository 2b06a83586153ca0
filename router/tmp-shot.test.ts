import { test } from '@jest/globals'
import { pino } from 'pino'
import { readRouterEnv } from './env.js'
import { readSupergraphConfig } from './plan/read-supergraph-config.js'
import { createRouter } from './router.js'
import { jwksOf, makeKey } from './subgraphs/test/keys.js'
test('serve', async () => {
  const key = await makeKey('router')
  const router = await createRouter({
    env: readRouterEnv({ PORT: '4777', MANAGEMENT_PORT: '0', PUBLIC_URL: 'http://localhost:4777', INTERNAL_JWKS: JSON.stringify(jwksOf(key)), ROUTER_PRIVATE_KEY: JSON.stringify(key.privateJwk) }),
    log: pino({ level: 'silent' }),
    subgraphs: await readSupergraphConfig('supergraph.yaml'),
    sourceOf: () => ({ fetch: async () => ({ data: { register: { nextStep: 'VERIFY_EMAIL', userErrors: [] } } }) as never }),
    calls: { call: async (_, name) => (name === 'endedSessions' ? { sessionIds: [], cursor: 'c' } : { keys: [] }) },
    readiness: async () => ({}),
  })
  await router.start()
  await new Promise((r) => setTimeout(r, 50_000))
  await router.stop()
}, 100_000)
