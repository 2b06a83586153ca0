import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { LoginAsks } from './login-ports.js'
import type { AuthenticationMethod, SecondFactor } from './ports.js'

/** What somebody comes back with, as it arrives. */
export type CompletionInput = {
  method: AuthenticationMethod | null
  code: string | null
  newPassword: string | null
}

/** The same, read: each kind answers something else that a sign-in may ask for. */
export type Completion =
  | { kind: 'code'; method: SecondFactor; code: string }
  | { kind: 'password'; newPassword: string }
  | { kind: 'ticket' }

const METHODS: readonly AuthenticationMethod[] = ['TOTP', 'RECOVERY_CODE']

/** What answers that which is asked for, and the field where it is missed. A ticket is completed by nothing else. */
const ANSWERS: Record<LoginAsks, { kinds: readonly Completion['kind'][]; field: string }> = {
  SECOND_FACTOR: { kinds: ['code'], field: 'method' },
  ENROLLMENT: { kinds: [], field: 'grant' },
  VERIFICATION: { kinds: ['ticket'], field: 'loginTicket' },
  PASSWORD_CHANGE: { kinds: ['password'], field: 'newPassword' },
}

const GIVEN_AS = { code: 'code', password: 'newPassword' } as const

export function readCompletion(input: CompletionInput): { value: Completion } | { problem: Problem } {
  const { method, code, newPassword } = input
  if (newPassword !== null) {
    return method || code ? problem('INVALID', 'newPassword') : { value: { kind: 'password', newPassword } }
  }
  if (!method) return code ? problem('REQUIRED', 'method') : { value: { kind: 'ticket' } }
  if (!isSecondFactor(method)) return problem('INVALID', 'method')
  return code ? { value: { kind: 'code', method, code } } : problem('REQUIRED', 'code')
}

/** What is wrong with it, where a ticket asks for something else. */
export function misfitOf(asks: LoginAsks, { kind }: Completion): Problem | null {
  const { kinds, field } = ANSWERS[asks]
  if (kinds.includes(kind)) return null
  return kind === 'ticket'
    ? { code: 'REQUIRED', field: [field] }
    : { code: 'INVALID', field: [GIVEN_AS[kind]] }
}

const isSecondFactor = (method: AuthenticationMethod): method is SecondFactor => METHODS.includes(method)

const problem = (code: Problem['code'], field: string): { problem: Problem } => ({
  problem: { code, field: [field] },
})
