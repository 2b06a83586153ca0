export type GrantKey = {
  kid: string
  publicJwk: Record<string, unknown>
  sealedPrivateJwk: string
}

export type GrantKeyStore = {
  /** The newest key; where there is none, the one that exactly one of many racing callers makes. */
  getOrInsert(make: () => Promise<GrantKey>): Promise<GrantKey>
  listPublic(): Promise<Record<string, unknown>[]>
}
