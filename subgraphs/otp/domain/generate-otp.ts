import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type Identifier, type IdentifierInput, readIdentifier } from '../../shared/identifiers/identifier.js'
import { mask } from '../../shared/identifiers/mask.js'
import { boundCode } from './code.js'
import { destinationOf } from './destination.js'
import type { CodeStore, NewCode, Purpose, SendRefused, Sent } from './ports.js'

export type GenerateOtpInput = {
  purpose: Purpose
  channel: 'EMAIL' | 'SMS'
  identifier?: IdentifierInput | null | undefined
  challengeId?: string | null | undefined
}

export type GenerateOtpResult = Sent | { kind: 'refused'; problems: Problem[] }

/** What users says of an account, as far as it matters here. */
type KnownAccount = { id: string; status: string; emailVerified: boolean }

type Digest = (text: string) => Uint8Array

type Deps = {
  codes: Pick<CodeStore, 'open' | 'renew'>
  findAccount: (identifier: Identifier) => Promise<KnownAccount | null>
  newChallengeId: () => string
  isChallengeId: (text: string) => boolean
  newCode: () => string
  digestOf: { code: Digest; subject: Digest; destination: Digest }
  seal: (secret: string) => Promise<string>
}

/**
 * Makes a code and has it sent.
 *
 * Someone unknown, and an address that is verified already, get a decoy. It takes the same steps from here to the
 * store: one call to users, one code, one digest, one seal, one statement.
 */
export function makeGenerateOtp(deps: Deps) {
  return async function generateOtp(input: GenerateOtpInput): Promise<GenerateOtpResult> {
    if (input.channel !== 'EMAIL') return refused({ code: 'INVALID', field: ['channel'] })
    return input.challengeId ? sendAgain(deps, input.challengeId) : open(deps, input)
  }
}

async function open(
  deps: Deps,
  { purpose, identifier: typed }: GenerateOtpInput,
): Promise<GenerateOtpResult> {
  const read = readIdentifier(typed)
  if ('problem' in read) return refused(read.problem)
  const identifier = read.value

  const account = await deps.findAccount(identifier)
  const id = deps.newChallengeId()
  const sent = await deps.codes.open({
    ...(await newCode(deps, id)),
    id,
    userId: account && awaitsProof(account, identifier) ? account.id : null,
    purpose,
    subject: deps.digestOf.subject(`${identifier.kind}:${identifier.value}`),
    destination: deps.digestOf.destination(destinationOf(identifier)),
    destinationMasked: mask(identifier),
  })
  return sent.kind === 'sent' ? sent : refused(problemOf(sent, 'identifier'))
}

async function sendAgain(deps: Deps, challengeId: string): Promise<GenerateOtpResult> {
  if (!deps.isChallengeId(challengeId)) return refused({ code: 'EXPIRED', field: ['challengeId'] })
  const sent = await deps.codes.renew(challengeId, await newCode(deps, challengeId))
  return sent.kind === 'sent' ? sent : refused(problemOf(sent, 'challengeId'))
}

/**
 * Only the address itself leads to its code. A username is claimed when its account is verified, so it never names
 * one that waits for proof; and were it to, its counters would tell that it and the address are one person.
 */
const awaitsProof = ({ status, emailVerified }: KnownAccount, { kind }: Identifier): boolean =>
  kind === 'email' && !emailVerified && (status === 'PENDING_VERIFICATION' || status === 'ACTIVE')

/** The code exists in the clear only until it is sealed, here. */
async function newCode({ newCode, digestOf, seal }: Deps, challengeId: string): Promise<NewCode> {
  const code = newCode()
  return { digest: digestOf.code(boundCode(challengeId, code)), sealedCode: await seal(code) }
}

const problemOf = ({ reason, retryAfter }: SendRefused, field: string): Problem => ({
  code: reason,
  field: [field],
  ...(retryAfter !== null && { retryAfter }),
})

const refused = (problem: Problem): GenerateOtpResult => ({ kind: 'refused', problems: [problem] })
