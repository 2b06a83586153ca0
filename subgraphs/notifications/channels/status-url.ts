export type StatusUrlOf = (provider: string) => string | null

/** Where a provider says what became of a message. Null where it could not reach us: it refuses an address that is none. */
export const statusUrlsAt =
  (publicUrl: string): StatusUrlOf =>
  (provider) =>
    publicUrl.startsWith('https:') ? new URL(`/hooks/${provider}`, publicUrl).href : null
