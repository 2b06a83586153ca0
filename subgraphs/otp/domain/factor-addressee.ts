import type { Problem } from '../../shared/errors/user-error-codes.js'
import { flowDigest } from '../../shared/identifiers/flow-digest.js'
import type { Identifier } from '../../shared/identifiers/identifier.js'
import type { AddresseeFound, Asker, Request } from './code-request.js'
import type { Channel } from './ports.js'

/** Somebody's addresses as they are now. */
export type OwnAddresses = {
  email: string | null
  emailVerified: boolean
  phoneNumber: string | null
  phoneNumberVerified: boolean
}

/** What goes on by a ticket. */
export type Flow = { kind: 'LOGIN' | 'STEP_UP'; ticket: string }

export type FactorAddresseeDeps = {
  /** Whom a ticket stands for, and what would complete what it is for; null where it is none of this session's. */
  findHolder: (
    flow: Flow & { sessionId: string | null },
  ) => Promise<{ userId: string; methods: readonly string[] } | null>
  findOwn: (userId: string) => Promise<OwnAddresses | null>
  /** Whether texts are somebody's second factor and this is not the number that they were to go to. */
  isOtherNumber: (userId: string, number: Identifier) => Promise<boolean>
  sms: { isTextable: (number: string) => boolean }
}

const METHODS: Record<Channel, string> = { EMAIL: 'OTP_EMAIL', SMS: 'OTP_SMS' }
const FIELDS: Record<Flow['kind'], string> = { LOGIN: 'loginTicket', STEP_UP: 'stepUpTicket' }

/**
 * For somebody who is asked for more than they have shown. They have shown enough to be told what is wrong, so there is no
 * decoy. The code is for this sign-in or step-up alone, and goes to an address that is theirs and proved by now.
 */
export async function ofFlow(
  deps: FactorAddresseeDeps,
  { channel, ...request }: Request,
  { sessionId }: Asker,
): Promise<AddresseeFound> {
  const flow = readFlow(request)
  if ('code' in flow) return { problem: flow }
  const holder = await deps.findHolder({ ...flow, sessionId })
  if (!holder) return problem('EXPIRED', FIELDS[flow.kind])
  const { userId, methods } = holder
  if (!methods.includes(METHODS[channel])) return problem('INVALID', 'channel')

  const address = addressIn(await deps.findOwn(userId), channel)
  if (!address) return problem('NOT_ENROLLED', 'channel')
  if (address.kind === 'phoneNumber') {
    if (!deps.sms.isTextable(address.value)) return problem('INVALID_PHONE', 'channel')
    if (await deps.isOtherNumber(userId, address)) return problem('NOT_ENROLLED', 'channel')
  }
  return {
    value: {
      ...{ purpose: 'MFA', channel, userId, address, ownAddress: null, changeId: null, custom: null },
      ...{ flow: flowDigest(flow.ticket), subject: subjectOfFactors(userId) },
    },
  }
}

function readFlow({ loginTicket, stepUpTicket }: Omit<Request, 'channel'>): Flow | Problem {
  if (loginTicket && stepUpTicket) return { code: 'INVALID', field: ['stepUpTicket'] }
  if (stepUpTicket) return { kind: 'STEP_UP', ticket: stepUpTicket }
  if (loginTicket) return { kind: 'LOGIN', ticket: loginTicket }
  return { code: 'REQUIRED', field: ['loginTicket'] }
}

/** Where a code for its owner goes; null where that was not proved. */
export function addressIn(own: OwnAddresses | null, channel: Channel): Identifier | null {
  if (!own) return null
  if (channel === 'EMAIL') {
    return own.email !== null && own.emailVerified ? { kind: 'email', value: own.email } : null
  }
  return own.phoneNumber !== null && own.phoneNumberVerified
    ? { kind: 'phoneNumber', value: own.phoneNumber }
    : null
}

/** All of a person's second factors together have the wrong codes of a day. */
export const subjectOfFactors = (userId: string): string => `factors:${userId}`

const problem = (code: Problem['code'], field: string): AddresseeFound => ({
  problem: { code, field: [field] },
})
