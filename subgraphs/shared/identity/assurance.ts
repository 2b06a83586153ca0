import { AppError } from '../errors/app-error.js'
import type { Viewer } from './viewer.js'

/** What `@assurance(level:, maxAge:)` asks for. */
export type AssuranceRule = {
  /** Null: the strongest factor the person has enrolled. */
  level: number | null
  maxAgeSeconds: number
}

/**
 * Why what a viewer has proved falls short of these rules; null when it does not (SECURITY 5.5).
 *
 * Proof has one level and one time, so rules that all must hold are one: the highest level within the shortest time.
 * A machine client has nothing to prove itself with again, and is refused for good.
 */
export function proofLacking(
  { stepUp, assurance, authenticatedAt, methods: proved }: Viewer,
  rules: readonly AssuranceRule[],
  nowMs = Date.now(),
): AppError | null {
  if (rules.length === 0) return null
  if (!stepUp) return new AppError('FORBIDDEN')

  const strongest = levelOf(stepUp.assurance)
  const level = Math.max(...rules.map((rule) => rule.level ?? strongest))
  const maxAgeSeconds = Math.min(...rules.map((rule) => rule.maxAgeSeconds))
  const ageSeconds = Math.floor(nowMs / 1000) - authenticatedAt
  // A code that was sent somewhere signs in at the level of a password, and is no proof of one (SECURITY 8.6).
  const lacksPassword = level <= 1 && stepUp.methods.includes('PASSWORD') && !proved.includes(PASSWORD)
  // Nor is a text for who has an app: a number can be taken over, and would take the app away.
  const lacksApp = level >= 2 && stepUp.methods.includes('TOTP') && !proved.includes(ONE_TIME_PASSWORD)
  const isStrong = !lacksPassword && !lacksApp
  if (levelOf(assurance) >= level && ageSeconds <= maxAgeSeconds && isStrong) return null

  // What is enrolled may not reach the level asked for: then the person has to enrol something first.
  const methods = level <= strongest ? stepUp.methods : []
  return new AppError('STEP_UP_REQUIRED', { methods, assurance: `AAL${level}`, maxAgeSeconds })
}

/** The names of RFC 8176 for them in `amr`. A recovery code is a one-time password as well: it is for who has lost the app. */
const PASSWORD = 'pwd'
const ONE_TIME_PASSWORD = 'otp'

/** 1 to 3 of `aal1` to `aal3`; anything else proves nothing. */
const levelOf = (assurance: string): number => Number(/^aal([123])$/.exec(assurance)?.[1] ?? 0)
