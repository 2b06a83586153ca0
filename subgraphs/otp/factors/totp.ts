import { Secret, TOTP } from 'otpauth'

const PERIOD_SECONDS = 30

/** What apps understand without being told (RFC 6238): SHA-1, six digits, steps of 30 seconds. */
const totpOf = (secret: string, label = '', issuer = '') =>
  new TOTP({
    ...{ issuer, label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS },
    secret: Secret.fromBase32(secret),
  })

/** 160 random bits, in base32 as people type it (SECURITY 8.4). */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** What a QR code holds, so that an app takes it in at once. */
export const totpUri = (secret: string, { label, issuer }: { label: string; issuer: string }): string =>
  totpOf(secret, label, issuer).toString()

/**
 * Which step a code is of, the current one or the one before it, when a step is `step`; null for any other
 * (SECURITY 8.4). Compares in constant time.
 */
export function stepOfCode(secret: string, code: string, step: number): number | null {
  const timestamp = step * PERIOD_SECONDS * 1000
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 })
  return delta === null || delta > 0 ? null : step + delta
}

export const TOTP_PERIOD_SECONDS = PERIOD_SECONDS
