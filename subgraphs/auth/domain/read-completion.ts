import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { LoginAsks } from './login-ports.js'
import type { AuthenticationMethod, SecondFactor } from './ports.js'

/** What somebody comes back with, as it arrives. */
export type CompletionInput = {
  method: AuthenticationMethod | null
  code: string | null
}

/** The same, read: each kind answers something else that a sign-in may ask for. */
export type Completion = { kind: 'code'; method: SecondFactor; code: string }

const METHODS: readonly AuthenticationMethod[] = ['TOTP', 'RECOVERY_CODE']

/** Which kinds answer what is asked for. Nothing else does: a ticket that asks for one thing is not completed by another. */
const ANSWERS: Record<LoginAsks, readonly Completion['kind'][]> = {
  SECOND_FACTOR: ['code'],
  ENROLLMENT: [],
  VERIFICATION: [],
  PASSWORD_CHANGE: [],
}

export function readCompletion({
  method,
  code,
}: CompletionInput): { value: Completion } | { problem: Problem } {
  if (!method) return problem('REQUIRED', 'method')
  if (!isSecondFactor(method)) return problem('INVALID', 'method')
  return code ? { value: { kind: 'code', method, code } } : problem('REQUIRED', 'code')
}

export const answers = (asks: LoginAsks, { kind }: Completion): boolean => ANSWERS[asks].includes(kind)

const isSecondFactor = (method: AuthenticationMethod): method is SecondFactor => METHODS.includes(method)

const problem = (code: Problem['code'], field: string): { problem: Problem } => ({
  problem: { code, field: [field] },
})
