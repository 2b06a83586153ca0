import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { LoginAsks } from './login-ports.js'
import type { AuthenticationMethod } from './ports.js'
import type { TypedFactor } from './second-factors.js'

/** What somebody comes back with, as it arrives. */
export type CompletionInput = {
  method: AuthenticationMethod | null
  code: string | null
  grant: string | null
  newPassword: string | null
}

/** The same, read: each kind answers something else that a sign-in may ask for. */
export type Completion =
  | { kind: 'code'; method: TypedFactor; code: string }
  | { kind: 'grant'; method: 'OTP_SMS'; grant: string }
  /** Of an app that was enrolled for this sign-in. */
  | { kind: 'enrollment'; method: 'TOTP'; grant: string }
  | { kind: 'password'; newPassword: string }
  | { kind: 'ticket' }

const TYPED: readonly AuthenticationMethod[] = ['TOTP', 'RECOVERY_CODE']

/** What answers that which is asked for, and the field where it is missed. A ticket is completed by nothing else. */
const ANSWERS: Record<LoginAsks, { kinds: readonly Completion['kind'][]; field: string }> = {
  SECOND_FACTOR: { kinds: ['code', 'grant'], field: 'method' },
  ENROLLMENT: { kinds: ['enrollment'], field: 'grant' },
  VERIFICATION: { kinds: ['ticket'], field: 'loginTicket' },
  PASSWORD_CHANGE: { kinds: ['password'], field: 'newPassword' },
}

const GIVEN_AS = { code: 'code', grant: 'grant', enrollment: 'grant', password: 'newPassword' } as const

export function readCompletion(input: CompletionInput): { value: Completion } | { problem: Problem } {
  const { method, code, grant, newPassword } = input
  const isFactor = method !== null || Boolean(code) || Boolean(grant)
  if (newPassword !== null) {
    return isFactor ? problem('INVALID', 'newPassword') : { value: { kind: 'password', newPassword } }
  }
  return isFactor ? readFactor(input) : { value: { kind: 'ticket' } }
}

function readFactor({ method, code, grant }: CompletionInput): { value: Completion } | { problem: Problem } {
  if (!method) return problem('REQUIRED', 'method')
  if (method === 'OTP_SMS') {
    return grant ? { value: { kind: 'grant', method, grant } } : problem('REQUIRED', 'grant')
  }
  if (!isTyped(method)) return problem('INVALID', 'method')
  if (method === 'TOTP' && grant) {
    return code ? problem('INVALID', 'grant') : { value: { kind: 'enrollment', method, grant } }
  }
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

const isTyped = (method: AuthenticationMethod): method is TypedFactor => TYPED.includes(method)

const problem = (code: Problem['code'], field: string): { problem: Problem } => ({
  problem: { code, field: [field] },
})
