import type { AuthenticationMethod, KnownAccount, SecondFactor } from './ports.js'

/** What otp tells of somebody. */
export type Factors = {
  methods: readonly SecondFactor[]
  version: number
  /** The version at which one was last taken away. */
  removedAtVersion: number
}

/**
 * An account with its second factors, and what proves who has none. Its tokens say the sum of both versions: whichever rises, those from before are
 * refused (SECURITY 4.1).
 */
export const withFactors = <Known extends KnownAccount>(
  account: Known,
  { methods, version, removedAtVersion }: Factors,
  basicProofs: readonly AuthenticationMethod[],
) => ({
  ...account,
  ...{ factors: methods, factorVersion: version, removedAtVersion, basicProofs },
  accessVersion: account.accessVersion + version,
})
