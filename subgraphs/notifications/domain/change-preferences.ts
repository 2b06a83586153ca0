import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { PreferenceStore } from './ports.js'
import type { Preferences, QuietHours } from './preferences.js'
import { isTimeOfDay } from './quiet-hours.js'

type Given<Value> = Value | null | undefined

/** What is not given stays as it is; no quiet hours (null) ends them. */
export type PreferencesInput = {
  loginAlerts?: Given<boolean>
  profileChanges?: Given<boolean>
  productNews?: Given<boolean>
  preferredChannel?: Given<Preferences['preferredChannel']>
  quietHours?: Given<QuietHours>
}

export type ChangePreferencesResult = { kind: 'changed' } | { kind: 'refused'; problems: Problem[] }

type Deps = { preferences: Pick<PreferenceStore, 'change'> }

export function makeChangePreferences({ preferences }: Deps) {
  return async function changePreferences(
    userId: string,
    input: PreferencesInput,
    by: Actor,
  ): Promise<ChangePreferencesResult> {
    const problems = problemsOf(input.quietHours)
    if (problems.length > 0) return { kind: 'refused', problems }

    const change = changeOf(input)
    if (Object.keys(change).length > 0) await preferences.change(userId, change, by)
    return { kind: 'changed' }
  }
}

function changeOf({ quietHours, ...plain }: PreferencesInput): Partial<Preferences> {
  const given = Object.entries(plain).filter(([, value]) => value != null)
  return { ...Object.fromEntries(given), ...(quietHours !== undefined && { quietHours }) }
}

function problemsOf(hours: Given<QuietHours>): Problem[] {
  if (!hours) return []
  const wrong = (['from', 'to'] as const).filter((end) => !isTimeOfDay(hours[end]))
  // A quiet time from an hour to itself is none, or all day: nobody can tell which was meant.
  const ends = wrong.length === 0 && hours.from === hours.to ? (['to'] as const) : wrong
  return ends.map((end) => ({ code: 'INVALID', field: ['quietHours', end] }))
}
