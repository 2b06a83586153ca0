/** Somebody's roles or status changed: tokens of an older version are refused. */
export type AccessChange = { userId: string; version: number; endsSessions: boolean }

/** At which version of a person's second factors tokens are good. */
export type FactorChange = { userId: string; version: number }

export type AccessStore = {
  change(change: AccessChange): Promise<void>
  /** What somebody is asked for changed: tokens from before are refused, sessions go on. */
  changeFactors(change: FactorChange): Promise<void>
  /** Whether tokens of this version are refused. */
  isOutdated(token: { userId: string; version: number }): Promise<boolean>
}

/** Sessions, and whose tokens of which version are refused, since a cursor; and which keys there are. */
export type EndedSince = {
  sessionIds: string[]
  accessVersions: { userId: string; version: number }[]
  keyIds: string[]
  cursor: string
}
