import type { Problem } from '../../shared/errors/user-error-codes.js'
import { type Identifier, readIdentifier } from '../../shared/identifiers/identifier.js'
import type { AddresseeFound, Asker, Request } from './code-request.js'
import { type CustomAddresseeDeps, ofCustom } from './custom-addressee.js'
import { type FactorAddresseeDeps, ofFlow } from './factor-addressee.js'
import type { Channel, Purpose } from './ports.js'

/** What users says of an account, as far as it matters here. */
export type KnownAccount = {
  id: string
  status: string
  emailVerified: boolean
  phoneNumberVerified: boolean
  email: string | null
}

/** What users says of a change of address. */
export type KnownChange = {
  userId: string
  kind: 'EMAIL' | 'PHONE'
  newValue: string
  /** It waits for its proof, and the address is nobody else's. */
  provable: boolean
}

export type AddresseeDeps = FactorAddresseeDeps &
  CustomAddresseeDeps & {
    findAccount: (identifier: Identifier) => Promise<KnownAccount | null>
    findChange: (changeId: string) => Promise<KnownChange | null>
    /** Whether any number may be texted, and whether this one may (SECURITY 8.8). */
    sms: { isOn: boolean; isTextable: (number: string) => boolean }
  }

/** By which ways a code of each purpose goes. */
const WAYS: Record<
  Exclude<Purpose, 'PROFILE_CHANGE' | 'PASSWORD_RESET' | 'MFA' | 'CUSTOM'>,
  readonly Channel[]
> = {
  EMAIL_VERIFICATION: ['EMAIL'],
  PHONE_VERIFICATION: ['SMS'],
  LOGIN: ['EMAIL', 'SMS'],
}

/** Reads a request down to whom its code is for. */
export function findAddressee(
  deps: AddresseeDeps,
  request: Request,
  asker: Asker,
): Promise<AddresseeFound> | AddresseeFound {
  // A reset begins with `forgotPassword`; here its code is only sent again.
  if (request.purpose === 'PASSWORD_RESET') return problem('INVALID', 'purpose')
  if (request.channel === 'SMS' && !deps.sms.isOn) return problem('INVALID', 'channel')
  switch (request.purpose) {
    case 'PROFILE_CHANGE':
      return ofChange(deps, request, asker)
    case 'MFA':
      return ofFlow(deps, request, asker)
    case 'CUSTOM':
      return ofCustom(deps, request, asker)
    default:
      return ofAccount(deps, { ...request, purpose: request.purpose })
  }
}

type AccountRequest = Request & { purpose: keyof typeof WAYS }

async function ofAccount(deps: AddresseeDeps, request: AccountRequest): Promise<AddresseeFound> {
  const { purpose, channel, identifier: typed } = request
  if (!WAYS[purpose].includes(channel)) return problem('INVALID', 'channel')
  const read = readIdentifier(typed)
  if ('problem' in read) return read
  const address = read.value
  if (address.kind === 'phoneNumber' && channel === 'SMS' && !deps.sms.isTextable(address.value)) {
    return problem('INVALID_PHONE', 'identifier', 'phoneNumber')
  }

  const account = await deps.findAccount(address)
  const userId = account && isAwaited(request, account, address) ? account.id : null
  const subject = `${address.kind}:${address.value}`
  const ownAddress = userId && address.kind === 'username' ? emailOf(account) : null
  return {
    value: {
      purpose,
      channel,
      userId,
      address,
      ownAddress,
      changeId: null,
      flow: null,
      custom: null,
      subject,
    },
  }
}

const emailOf = (account: KnownAccount | null): Identifier | null =>
  account?.email ? { kind: 'email', value: account.email } : null

/**
 * A code that proves goes to an address that waits for it, and only by its own name: a username is claimed with the
 * proof. One that signs in goes to an address that was proved, and a username leads to a mailbox. Not to a number: its
 * texts are counted by prefix, and what limits them would tell whose it is.
 */
function isAwaited(
  { purpose, channel }: AccountRequest,
  account: KnownAccount,
  { kind }: Identifier,
): boolean {
  const [isOfChannel, isProved] =
    channel === 'SMS'
      ? [kind === 'phoneNumber', account.phoneNumberVerified]
      : [kind === 'email' || (purpose === 'LOGIN' && kind === 'username'), account.emailVerified]
  if (!isOfChannel) return false
  return purpose === 'LOGIN'
    ? isProved && SIGNS_IN.includes(account.status)
    : !isProved && WAITS.includes(account.status)
}

const WAITS: readonly string[] = ['PENDING_VERIFICATION', 'ACTIVE']
/** Who waits for the end of their account signs in to cancel it (SECURITY 9.8). */
const SIGNS_IN: readonly string[] = ['ACTIVE', 'PENDING_DELETION']

/** Only who asked for a change may have its code sent; anyone else's looks like none (SECURITY 1.3). */
async function ofChange(
  deps: AddresseeDeps,
  { channel, contactChangeId: changeId }: Request,
  { userId: askerId }: Asker,
): Promise<AddresseeFound> {
  if (!changeId) return problem('REQUIRED', 'contactChangeId')
  const change = askerId === null ? null : await deps.findChange(changeId)
  if (change?.userId !== askerId || !change) return problem('NOT_FOUND', 'contactChangeId')
  const kind = change.kind === 'EMAIL' ? 'email' : 'phoneNumber'
  if (channel !== (change.kind === 'EMAIL' ? 'EMAIL' : 'SMS')) return problem('INVALID', 'channel')

  return {
    value: {
      ...{ purpose: 'PROFILE_CHANGE', channel, changeId, flow: null, custom: null, ownAddress: null },
      userId: change.provable ? change.userId : null,
      address: { kind, value: change.newValue },
      subject: subjectOfChanges(change.userId),
    },
  }
}

/** By the person, so that nobody ends somebody else's challenge by wanting the same address. */
export const subjectOfChanges = (userId: string): string => `changes:${userId}`

const problem = (code: Problem['code'], ...field: string[]): { problem: Problem } => ({
  problem: { code, field },
})
