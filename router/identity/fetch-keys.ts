import type { JSONWebKeySet } from 'jose'
import { type Dispatcher, request } from 'undici'
import * as z from 'zod'

const TIMEOUT_MS = 2000
const COOL_DOWN_MS = 30_000
const FIRST_WITHOUT_MS = 1000
const LONGEST_WITHOUT_MS = 10_000

/** The longest set of keys that is read; an issuer has two or three of about half a KiB. */
export const MAX_KEYS_BYTES = 64 * 1024

const Keys = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional() })).max(100),
})

/**
 * Fetches the public keys of an issuer from the one place that the operator named. A redirect is not followed: it would let
 * whoever answers there, for once, choose a place of theirs.
 */
export async function fetchKeys(jwksUri: string, dispatcher: Dispatcher): Promise<JSONWebKeySet> {
  const { statusCode, body } = await request(jwksUri, {
    dispatcher,
    headers: { accept: 'application/jwk-set+json, application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (statusCode !== 200) {
    await body.dump()
    throw new Error(`answered ${statusCode}`)
  }
  // What a key must hold is for the library to say that uses it.
  return Keys.parse(await body.json()) as JSONWebKeySet
}

type CoolDown = {
  /** So long after one that came, what came serves. */
  servesMs: number
  now?: (() => number) | undefined
}

/**
 * Waits after it was asked in vain: tokens that nobody can check are no way to flood who is away. Half a minute while there is
 * something to serve; without it 1, 2, 4 and at last 10 s, so that who is back is noticed (SECURITY 13.6).
 */
export function withCoolDown<Value>(
  ask: () => Promise<Value>,
  { servesMs, now = () => performance.now() }: CoolDown,
): () => Promise<Value> {
  let failedAt = Number.NEGATIVE_INFINITY
  let cameAt = Number.NEGATIVE_INFINITY
  let failures = 0

  const waitMs = () =>
    now() - cameAt < servesMs
      ? COOL_DOWN_MS
      : Math.min(LONGEST_WITHOUT_MS, FIRST_WITHOUT_MS * 2 ** (failures - 1))

  return async () => {
    if (failures > 0 && now() - failedAt < waitMs()) throw new Error('was asked in vain a moment ago')
    try {
      const value = await ask()
      ;[cameAt, failures] = [now(), 0]
      return value
    } catch (error) {
      failedAt = now()
      failures += 1
      throw error
    }
  }
}
