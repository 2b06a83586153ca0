import type { Logger } from '../shared/log/logger.js'
import { createRounds } from '../shared/runtime/rounds.js'
import { deriveKey } from '../shared/secrets/data-key.js'
import type { AuthEnv } from './env.js'
import { createSigningKeyStore } from './store/signing-keys.js'
import { createKeyRing } from './tokens/key-ring.js'
import { makeSigningKey } from './tokens/signing-keys.js'

const KEY_ROUND_MS = 5000

type Connection = Pick<Parameters<typeof createSigningKeyStore>[0], 'db' | 'outbox'>
type SigningEnv = Pick<AuthEnv, 'AUTH_KEY' | 'ACCESS_TOKEN_ALGORITHM' | 'SIGNING_KEY_DAYS'>

/** The store of signing keys, which makes them sealed under the operator's key. */
export function openKeyStore(connection: Connection, env: SigningEnv) {
  const sealingKey = deriveKey(env.AUTH_KEY, 'auth signing keys')
  const store = createSigningKeyStore({
    ...{ ...connection, algorithm: env.ACCESS_TOKEN_ALGORITHM, days: env.SIGNING_KEY_DAYS },
    make: () => makeSigningKey(sealingKey, env.ACCESS_TOKEN_ALGORITHM),
  })
  return { store, sealingKey }
}

/** Every process sees within seconds which key signs; each looks after the schedule, and one of them acts on it. */
export async function createSigning(connection: Connection, env: SigningEnv, log: Logger) {
  const { store, sealingKey } = openKeyStore(connection, env)
  await store.keepUp()
  const ring = await createKeyRing(store.load, sealingKey)
  const rounds = createRounds({
    name: 'signing-keys',
    everyMs: KEY_ROUND_MS,
    pokeMs: KEY_ROUND_MS,
    log,
    async round() {
      await store.keepUp()
      await ring.refresh()
    },
  })
  return { store, ring, start: rounds.start, stop: rounds.stop }
}
