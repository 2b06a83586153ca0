import type * as z from 'zod'
import { SUBGRAPH_NAMES } from '../contracts/subgraph-names.js'
import { roleUrl } from '../database/prepare.js'

export type EnvSource = Record<string, string | undefined>

/** Settings that do not fit; every fault at once, and no value in the message. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'

  constructor(readonly faults: readonly string[]) {
    super(`These settings are wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  }
}

/** Reads settings of a shape. */
export function readEnv<Shape extends z.ZodType>(shape: Shape, source: EnvSource): z.output<Shape> {
  const read = shape.safeParse(withDatabaseUrls(source))
  if (read.success) return read.data
  throw new SettingsError(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
}

/** `USERS_DATABASE_URL` and its like come from `DATABASE_URL` where they are not set. */
export function withDatabaseUrls(source: EnvSource): EnvSource {
  const { DATABASE_URL: owner, DATABASE_ROLE_KEY: key } = source
  if (!owner || !key) return source

  const derived = [...SUBGRAPH_NAMES, 'queue'].map((part) => [
    `${part.toUpperCase()}_DATABASE_URL`,
    roleUrl(owner, part, key),
  ])
  return { ...Object.fromEntries(derived), ...source }
}
