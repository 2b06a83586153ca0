export type AccessToken = { token: string; expiresAt: Date }

/** What a client holds after signing in. The refresh token travels apart, since a browser never sees it. */
export type IssuedTokens = {
  accessToken: AccessToken
  refreshToken: string
  refreshTokenExpiresAt: Date
}
