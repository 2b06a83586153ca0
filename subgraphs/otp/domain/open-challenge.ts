import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { destinationOf } from '../../shared/identifiers/destination.js'
import type { Identifier } from '../../shared/identifiers/identifier.js'
import { mask } from '../../shared/identifiers/mask.js'
import { countryOf } from '../../shared/identifiers/phone-number.js'
import { subjectOfChanges } from './addressee.js'
import { boundCode, digitsOf } from './code.js'
import type { Addressee } from './code-request.js'
import { prefixOf } from './number-prefix.js'
import type { Channel, CodeStore, NewChallenge, NewCode, Purpose, SendRefused, Sent } from './ports.js'

type Digest = (text: string) => Uint8Array

export type ChallengeDeps = {
  newChallengeId: () => string
  newCode: (digits: number) => string
  digestOf: { code: Digest; subject: Digest; destination: Digest }
  seal: (secret: string) => Promise<string>
}

/** A challenge for somebody, not yet stored. `network` is the client's. */
export async function newChallenge(
  deps: ChallengeDeps,
  { address, ownAddress, ...addressee }: Addressee,
  network: string,
): Promise<Omit<NewChallenge, 'isTold'>> {
  const { digestOf } = deps
  const id = deps.newChallengeId()
  const { purpose, channel, userId, changeId, flow, custom } = addressee
  const to = ownAddress ?? address
  return {
    ...(await newCode(deps, id, purpose)),
    ...{ id, purpose, channel, userId, changeId, flow, custom },
    addressDigest: userId === null ? null : addressDigest(id, to.value),
    subject: digestOf.subject(addressee.subject),
    destination: digestOf.destination(destinationOf(address)),
    destinationMasked: mask(address),
    texts: channel === 'SMS' ? textsOf(deps, address, network) : null,
    mailbox: canBeNamedOtherwise(addressee)
      ? mailboxOf(deps, userId === null ? id : destinationOf(to))
      : null,
  }
}

/** An address and a username lead to one mailbox. */
const canBeNamedOtherwise = ({ purpose, channel }: Pick<Addressee, 'purpose' | 'channel'>): boolean =>
  purpose === 'LOGIN' && channel === 'EMAIL'

const mailboxOf = ({ digestOf }: ChallengeDeps, destination: string): Uint8Array =>
  digestOf.destination(`mailbox:${destination}`)

const textsOf = ({ digestOf }: ChallengeDeps, { value }: Identifier, network: string) => ({
  prefix: digestOf.destination(prefixOf(value)),
  country: countryOf(value) ?? '',
  network: networkDigest({ digestOf }, network),
})

export const networkDigest = ({ digestOf }: Pick<ChallengeDeps, 'digestOf'>, network: string): Uint8Array =>
  digestOf.destination(`network:${network}`)

/** The code exists in the clear only until it is sealed, here. */
export async function newCode(
  { newCode, digestOf, seal }: ChallengeDeps,
  challengeId: string,
  purpose: Purpose | null,
): Promise<NewCode> {
  const code = newCode(digitsOf(purpose))
  return { digest: digestOf.code(boundCode(challengeId, code)), sealedCode: await seal(code) }
}

export type ChallengeRequest = {
  userId: string
  purpose: Purpose
  channel: Channel
  address: Identifier
  changeId: string | null
  network: string
}

export type ChallengeOpened = (Sent & { sealedCode: string }) | SendRefused

/**
 * Opens a challenge for another subgraph, which tells of the code in the transaction that makes the person or the change
 * true. Where that never happens the code reaches nobody, and the challenge is a decoy in all but name.
 */
export function makeOpenChallenge(deps: ChallengeDeps & { codes: Pick<CodeStore, 'open'> }) {
  return async function openChallenge({ network, ...request }: ChallengeRequest): Promise<ChallengeOpened> {
    const { userId, changeId, address } = request
    const subject = changeId === null ? `${address.kind}:${address.value}` : subjectOfChanges(userId)
    const challenge = await newChallenge(
      deps,
      { ...request, flow: null, custom: null, ownAddress: null, subject },
      network,
    )
    const sent = await deps.codes.open({ ...challenge, isTold: false })
    return sent.kind === 'sent' ? { ...sent, sealedCode: challenge.sealedCode } : sent
  }
}
