type Challenge = { challengeId: string; expiresAt: Date; resendAfter: number | null }

/** What a payload says of a code that was texted. */
export const challengeOf = ({ challengeId, expiresAt, resendAfter }: Challenge) => ({
  ...{ challengeId, challengeExpiresAt: expiresAt, resendAfter },
})
