import type { KnownAccount, SecondFactor } from './ports.js'

/** What otp tells of somebody. */
export type Factors = { methods: readonly SecondFactor[]; version: number }

/**
 * An account with its second factors. Its tokens say the sum of both versions: whichever rises, those from before are
 * refused (SECURITY 4.1).
 */
export const withFactors = <Known extends KnownAccount>(account: Known, { methods, version }: Factors) => ({
  ...account,
  factors: methods,
  accessVersion: account.accessVersion + version,
})
