import { createHash } from 'node:crypto'
import { canonicalJson, type Meaning } from '../../subgraphs/shared/json/canonical-json.js'
import { networkKey } from '../../subgraphs/shared/limiter/network-key.js'
import type { Execution } from './argument-values.js'

/** Who a request is counted against. */
export type CallerKeys = { ip: string; viewer: string | null; client: string | null }

/**
 * The counters one execution is taken from, one for each entry of the rule's `by`.
 *
 * Where there is nobody to name, no viewer or no such argument, the network is counted instead:
 * leaving something out must not leave the limit.
 */
export function countersOf({ rule, arguments: given }: Execution, caller: CallerKeys): string[] {
  const network = networkKey(caller.ip)
  return rule.by.map((by) => `${rule.coordinate}|${by}|${namedBy(by, given, caller) ?? `ip ${network}`}`)
}

function namedBy(by: string, given: Execution['arguments'], caller: CallerKeys): string | null {
  switch (by) {
    case 'ip':
      return networkKey(caller.ip)
    case 'viewer':
      return caller.viewer
    case 'client':
      return caller.client
    default: {
      const value = valueAt(given, by.split('.'))
      return value === undefined || value === null ? null : digestOf(value)
    }
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    // Own keys alone: `__proto__` in a path or a variable reads nothing.
    (at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  )
}

/** Only a digest is kept: an identifier is somebody's address. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value, SAME)).digest('base64url').slice(0, 22)
}

/** One counter for all ways to write a value: absent or null fields, `1` or `"1"`, letter case. */
const SAME: Meaning = {
  nulls: 'left out',
  leaf: (value) => String(value).normalize('NFKC').trim().toLowerCase(),
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
