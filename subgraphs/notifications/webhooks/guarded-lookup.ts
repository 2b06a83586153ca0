import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { MayReach } from './networks.js'

type Resolve = (
  hostname: string,
  options: { all: true; family?: number | 'IPv4' | 'IPv6' },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** The code of a refusal, as a failed connection says it. */
export const NOT_PUBLIC = 'NOT_PUBLIC'

/**
 * Resolves a name to the addresses that a webhook may go to. The connection is made to what this answers and nothing is
 * resolved again, so that a name whose answer changes in between (DNS rebinding) leads nowhere else.
 */
export const guardedLookup =
  (mayReach: MayReach, resolve: Resolve = systemLookup): LookupFunction =>
  (hostname, { family, all }, done) => {
    resolve(hostname, { all: true, ...(family && { family }) }, (error, addresses) => {
      if (error) return done(error, [])
      const [first, ...rest] = addresses.filter(({ address }) => mayReach(address))
      if (!first) return done(Object.assign(new Error('no public address'), { code: NOT_PUBLIC }), [])
      if (all) return done(null, [first, ...rest])
      done(null, first.address, first.family)
    })
  }
