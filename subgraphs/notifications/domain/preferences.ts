/** A time of day in the person's zone, `22:00`; `to` before `from` is the next morning. */
export type QuietHours = { from: string; to: string }

/** What a person wants to be told, and how. */
export type Preferences = {
  /** Of sign-ins on new devices. Those after failed tries are told of all the same. */
  loginAlerts: boolean
  profileChanges: boolean
  productNews: boolean
  /** For what may go either way. */
  preferredChannel: 'EMAIL' | 'SMS'
  quietHours: QuietHours | null
}

/** What a person may be spared. */
export type Refusable = 'loginAlerts' | 'profileChanges' | 'productNews'

/** Of who never chose. News are for those who asked for them. */
export const DEFAULT_PREFERENCES: Preferences = {
  loginAlerts: true,
  profileChanges: false,
  productNews: false,
  preferredChannel: 'EMAIL',
  quietHours: null,
}
