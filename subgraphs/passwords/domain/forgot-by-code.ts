import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type Identifier, type IdentifierInput, readIdentifier } from '../../shared/identifiers/identifier.js'
import type { ForgotPasswordResult, SentCode } from './forgot-password.js'
import { mailboxOf, numberOf } from './recoverable.js'
import type { Account, ResetStore } from './recovery-ports.js'

export type CodeRequest = { identifier: IdentifierInput; channel: 'EMAIL' | 'SMS'; network: string }

type Address = { kind: 'email' | 'phoneNumber'; value: string }

type Refusal = 'RATE_LIMITED' | 'EXPIRED' | 'TOO_MANY_ATTEMPTS' | 'NO_SMS' | 'NOT_TEXTABLE'

type Opened = ({ kind: 'sent' } & SentCode) | { kind: 'refused'; reason: Refusal; retryAfter: number | null }

type Deps = {
  findAccount: (identifier: Identifier) => Promise<{ id: string } | null>
  getAccount: (userId: string) => Promise<Account | null>
  resets: Pick<ResetStore, 'recordCode'>
  newUserId: () => string
  /** Has otp open a challenge; a decoy for nobody. */
  openRecovery: (request: {
    userId: string | null
    channel: 'EMAIL' | 'SMS'
    address: Address
    network: string
  }) => Promise<Opened>
}

const KINDS = { EMAIL: 'email', SMS: 'phoneNumber' } as const
const READERS = { EMAIL: mailboxOf, SMS: numberOf } as const

/**
 * Sends a code with whose grant the password is set anew.
 *
 * It goes to the address that is typed, where that is somebody's; else nobody gets one, and the challenge is a decoy with
 * the same answers, calls, statements and limits (SECURITY 7.4, 8.1).
 */
export function makeForgotByCode(deps: Deps) {
  return async function forgotByCode(
    { identifier, channel, network }: CodeRequest,
    by: Actor,
  ): Promise<ForgotPasswordResult> {
    const address = read(identifier, channel)
    if ('problem' in address) return refused(address.problem)

    const found = await deps.findAccount(address)
    const account = await deps.getAccount(found?.id ?? deps.newUserId())
    const isTheirs = account !== null && READERS[channel](account) === address.value
    const userId = isTheirs ? account.id : null
    const opened = await deps.openRecovery({ userId, channel, address, network })
    if (opened.kind === 'refused') return refused(problemOf(opened))

    await deps.resets.recordCode({ userId, by })
    const { challengeId, expiresAt, resendAfter } = opened
    return { kind: 'accepted', code: { challengeId, expiresAt, resendAfter } }
  }
}

/** What names the account is where the code goes: the limits of an address are its own, whoever asks. */
function read(typed: IdentifierInput, channel: 'EMAIL' | 'SMS'): Address | { problem: Problem } {
  const named = readIdentifier(typed)
  if ('problem' in named) return named
  const { kind, value } = named.value
  const wanted = KINDS[channel]
  return kind === wanted ? { kind: wanted, value } : { problem: { code: 'INVALID', field: ['channel'] } }
}

function problemOf({ reason, retryAfter }: { reason: Refusal; retryAfter: number | null }): Problem {
  switch (reason) {
    case 'NO_SMS':
      return { code: 'INVALID', field: ['channel'] }
    case 'NOT_TEXTABLE':
      return { code: 'INVALID_PHONE', field: ['identifier', 'phoneNumber'] }
    default:
      return { code: reason, field: ['identifier'], ...(retryAfter !== null && { retryAfter }) }
  }
}

const refused = (problem: Problem): ForgotPasswordResult => ({ kind: 'refused', problems: [problem] })
