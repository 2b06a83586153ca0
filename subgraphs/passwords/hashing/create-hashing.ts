import { passwordHashes } from '../../shared/metrics/registry.js'
import { NO_PEPPER, type StoredPassword } from '../domain/ports.js'
import type { PasswordsEnv } from '../env.js'
import { createHashPool } from './hash-pool.js'
import { createPasswordHasher } from './password-hasher.js'

/** Hashes as the settings say, in processes of their own. */
export function createHashing(env: PasswordsEnv) {
  const { keys: peppers, current: highest } = env.PASSWORD_PEPPERS
  const currentPepper = env.PASSWORD_PEPPER_CURRENT ?? highest
  const pool = createHashPool({ size: env.HASH_PROCESSES, onHash: () => passwordHashes.inc() })
  const hasher = createPasswordHasher({
    ...{ pool, peppers, currentPepper },
    params: { memoryKib: env.ARGON2_MEMORY_KIB, iterations: env.ARGON2_ITERATIONS, parallelism: 1 },
  })
  const isReadable = ({ pepperVersion }: StoredPassword) =>
    pepperVersion === NO_PEPPER || Object.hasOwn(peppers, pepperVersion)
  return { hasher, pool, isReadable }
}
