import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type AddresseeDeps, findAddressee } from './addressee.js'
import type { Asker, Request } from './code-request.js'
import { type ChallengeDeps, networkDigest, newChallenge, newCode } from './open-challenge.js'
import type { CodeStore, SendRefused, Sent } from './ports.js'

export type GenerateOtpInput = Request & { challengeId?: string | null | undefined }

export type GenerateOtpResult = Sent | { kind: 'refused'; problems: Problem[] }

type Deps = AddresseeDeps &
  ChallengeDeps & {
    codes: Pick<CodeStore, 'open' | 'renew' | 'findPurpose'>
    isChallengeId: (text: string) => boolean
  }

/**
 * Makes a code and has it sent.
 *
 * Someone unknown, and an address that is verified already, get a decoy. It takes the same steps from here to the
 * store: one call to users, one code, one digest, one seal, one statement.
 */
export function makeGenerateOtp(deps: Deps) {
  return async function generateOtp(input: GenerateOtpInput, asker: Asker): Promise<GenerateOtpResult> {
    return input.challengeId ? sendAgain(deps, input.challengeId, asker) : open(deps, input, asker)
  }
}

async function open(deps: Deps, input: GenerateOtpInput, asker: Asker): Promise<GenerateOtpResult> {
  const found = await findAddressee(deps, input, asker)
  if ('problem' in found) return refused(found.problem)

  const challenge = await newChallenge(deps, found.value, asker.network)
  const sent = await deps.codes.open({ ...challenge, isTold: true })
  return sent.kind === 'sent' ? sent : refused(problemOf(sent, FIELDS[input.purpose] ?? 'identifier'))
}

/** What names the destination that has had its codes. */
const FIELDS: Partial<Record<Request['purpose'], string>> = {
  PROFILE_CHANGE: 'contactChangeId',
  MFA: 'channel',
  CUSTOM: 'channel',
}

async function sendAgain(deps: Deps, challengeId: string, asker: Asker): Promise<GenerateOtpResult> {
  if (!deps.isChallengeId(challengeId)) return refused({ code: 'EXPIRED', field: ['challengeId'] })
  const network = networkDigest(deps, asker.network)
  // The one that it was opened for, whatever is asked: a code of a reset stays a long one.
  const purpose = await deps.codes.findPurpose(challengeId)
  const code = await newCode(deps, challengeId, purpose)
  const sent = await deps.codes.renew(challengeId, { ...code, network })
  return sent.kind === 'sent' ? sent : refused(problemOf(sent, 'challengeId'))
}

const problemOf = ({ reason, retryAfter }: SendRefused, field: string): Problem => ({
  code: reason,
  field: [field],
  ...(retryAfter !== null && { retryAfter }),
})

const refused = (problem: Problem): GenerateOtpResult => ({ kind: 'refused', problems: [problem] })
