import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { FailureStore, NetworkFailures } from './failure-ports.js'
import { type Addresses, checkMfaGrant, type ReadMfaGrant } from './mfa-grant.js'
import { orGiveBack } from './or-give-back.js'
import { pay } from './pay.js'
import type { Account, AuthenticationMethod, SessionReplacement } from './ports.js'
import type { CheckFactor } from './prove-more.js'

/** What is shown to prove again who somebody is. */
export type StepUpProof = {
  ticket: string
  method: AuthenticationMethod
  password: string | null
  code: string | null
  grant: string | null
  /** The token by which this device was remembered. */
  deviceToken: string | null
  ip: string
  by: Actor
}

/** It is right; a grant is still to be spent. */
export type StepUpProved = { kind: 'right' } & Pick<SessionReplacement, 'passwordTriedAt' | 'grant'>

type Refused = { kind: 'refused'; problems: Problem[] }
type Checked = StepUpProved | Refused

export type StepUpProofDeps = {
  failures: FailureStore
  network: NetworkFailures
  verifyPassword: (check: { userId: string | null; password: string }) => Promise<{ matches: boolean }>
  checkFactor: CheckFactor
  readGrant: ReadMfaGrant
  digestOf: (token: string) => Uint8Array
}

/** What is given is there, the network pays, and then it is looked at. */
export async function checkProof(
  deps: StepUpProofDeps,
  account: Account & Addresses,
  proof: StepUpProof,
): Promise<Checked> {
  const given = GIVEN[proof.method] ?? 'code'
  if (!proof[given]) return refused('REQUIRED', given)
  await pay(deps.network, proof.ip)
  const checked = await orGiveBack(
    () => CHECKS[given](deps, account, proof),
    () => deps.network.giveBack(proof.ip),
  )
  if ('kind' in checked) return checked
  if (checked.isCounted) await fail(deps, account.id, proof.by)
  return { kind: 'refused', problems: [checked.problem] }
}

type Check = (
  deps: StepUpProofDeps,
  account: Account & Addresses,
  proof: StepUpProof,
) => Promise<StepUpProved | { problem: Problem; isCounted: boolean }>

/** Counted as a sign-in's is: by another way in there would be more guesses. The limit is told, since the person is known. */
const checkPassword: Check = async (deps, { id: userId }, { password, deviceToken }) => {
  const shownDevice = deviceToken === null ? null : deps.digestOf(deviceToken)
  const { allowed, at } = await deps.failures.reserve(userId, shownDevice)
  if (!allowed) return { problem: { code: 'TOO_MANY_ATTEMPTS' }, isCounted: false }
  const { matches } = await orGiveBack(
    () => deps.verifyPassword({ userId, password: password ?? '' }),
    () => deps.failures.giveBack({ subject: userId, shownDevice, allowed }),
  )
  return matches
    ? { kind: 'right', passwordTriedAt: at, grant: null }
    : { problem: { code: 'WRONG_PASSWORD', field: ['password'] }, isCounted: true }
}

/** Otp counts what is wrong; the audit log is told here, where it is known who asked. */
const checkCode: Check = async ({ checkFactor }, { id: userId }, { code }) => {
  const checked = await checkFactor({ userId, method: 'TOTP', code: code ?? '' })
  if (checked.kind === 'right') return { kind: 'right', passwordTriedAt: null, grant: null }
  const problem = checked.kind === 'wrong' ? 'INVALID_CODE' : checked.reason
  return { problem: { code: problem, field: ['code'] }, isCounted: true }
}

/** What was typed for it, otp has counted; a grant that is wrong is one of something else. */
const checkGrant: Check = async ({ readGrant }, account, { method, grant: text, ticket }) => {
  const channel = method === 'OTP_EMAIL' ? 'EMAIL' : 'SMS'
  const grant = await checkMfaGrant(readGrant, text ?? '', { account, ticket, channel })
  return grant
    ? { kind: 'right', passwordTriedAt: null, grant }
    : { problem: { code: 'EXPIRED', field: ['grant'] }, isCounted: true }
}

const CHECKS = { password: checkPassword, code: checkCode, grant: checkGrant }

/** Where the proof of a method stands in the input. */
const GIVEN: Partial<Record<AuthenticationMethod, keyof typeof CHECKS>> = {
  PASSWORD: 'password',
  OTP_EMAIL: 'grant',
  OTP_SMS: 'grant',
}

function fail({ failures }: StepUpProofDeps, userId: string, by: Actor): Promise<void> {
  const attempt = { action: 'session.step-up', outcome: 'FAILURE', subjectId: userId, by } as const
  return failures.fail({ attempt, subject: userId, unverifiedUserId: null })
}

const refused = (code: Problem['code'], field: string): Refused => ({
  kind: 'refused',
  problems: [{ code, field: [field] }],
})
