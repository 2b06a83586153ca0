import type { Identifier } from '../../shared/identifiers/identifier.js'
import type { AddresseeDeps } from './addressee.js'
import { type ChallengeDeps, newChallenge } from './open-challenge.js'
import type { Channel, CodeStore, SendRefused, Sent } from './ports.js'

export type RecoveryRequest = {
  /** Null makes a decoy. */
  userId: string | null
  channel: Channel
  /** Where the code goes, as it was typed; the one stored is the same. */
  address: Identifier
  network: string
}

export type RecoveryOpened =
  | Sent
  | SendRefused
  | { kind: 'refused'; reason: 'NO_SMS' | 'NOT_TEXTABLE'; retryAfter: null }

type Deps = ChallengeDeps & Pick<AddresseeDeps, 'sms'> & { codes: Pick<CodeStore, 'open'> }

/** Opens a challenge whose code sets a password anew. What is refused is so for everybody who types that address. */
export function makeOpenRecovery(deps: Deps) {
  return async function openRecovery({ network, ...request }: RecoveryRequest): Promise<RecoveryOpened> {
    const { channel, address } = request
    const fault = channel === 'SMS' ? textFault(deps.sms, address.value) : null
    if (fault) return { kind: 'refused', reason: fault, retryAfter: null }

    const subject = `${address.kind}:${address.value}`
    const addressee = {
      ...request,
      purpose: 'PASSWORD_RESET' as const,
      changeId: null,
      flow: null,
      custom: null,
      ownAddress: null,
      subject,
    }
    return deps.codes.open({ ...(await newChallenge(deps, addressee, network)), isTold: true })
  }
}

function textFault({ isOn, isTextable }: AddresseeDeps['sms'], number: string) {
  if (!isOn) return 'NO_SMS' as const
  return isTextable(number) ? null : ('NOT_TEXTABLE' as const)
}
