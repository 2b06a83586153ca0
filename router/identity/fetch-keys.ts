import type { JSONWebKeySet } from 'jose'
import { type Dispatcher, request } from 'undici'
import * as z from 'zod'

const TIMEOUT_MS = 2000
const COOL_DOWN_MS = 30_000

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

/** Asks no more for half a minute once it was asked in vain: tokens that nobody can check are no way to flood who is away. */
export function withCoolDown<Value>(
  ask: () => Promise<Value>,
  now: () => number = () => performance.now(),
): () => Promise<Value> {
  let failedAt = Number.NEGATIVE_INFINITY
  return async () => {
    if (now() - failedAt < COOL_DOWN_MS) throw new Error('was asked in vain a moment ago')
    try {
      return await ask()
    } catch (error) {
      failedAt = now()
      throw error
    }
  }
}
