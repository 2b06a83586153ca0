import { randomUUID } from 'node:crypto'
import type { Identifier } from '../../shared/identifiers/identifier.js'
import { ID_PREFIXES, isId, newId, uuidToId } from '../../shared/ids/type-id.js'
import { deriveKey, keyedDigest } from '../../shared/secrets/data-key.js'
import type { KnownAccount, KnownChange } from '../domain/addressee.js'
import type { OwnAddresses } from '../domain/factor-addressee.js'
import { type GenerateOtpInput, makeGenerateOtp } from '../domain/generate-otp.js'
import { makeOpenChallenge } from '../domain/open-challenge.js'
import { makeOpenRecovery } from '../domain/open-recovery.js'
import { makeValidateOtp } from '../domain/validate-otp.js'
import { createMemoryCodeStore } from '../store/codes.memory.js'

export const CODE = '123456'
export const WRONG = '654321'

type SomeAccount = KnownAccount & OwnAddresses

/** One that a second factor was not enrolled for. */
export const OTHER_NUMBER = '+4915100000002'

export const someAccount = (changes: Partial<SomeAccount> = {}): SomeAccount => ({
  id: newId(ID_PREFIXES.user),
  status: 'PENDING_VERIFICATION',
  emailVerified: false,
  phoneNumberVerified: false,
  email: null,
  phoneNumber: null,
  ...changes,
})

/** Both use cases over the store in memory, with a clock that only moves when told and codes that are known. */
export function createUseCases(
  accounts: Record<string, SomeAccount> = {},
  changes: Record<string, KnownChange> = {},
  tickets: Record<string, { userId: string; methods: readonly string[] }> = {},
) {
  let time = Date.parse('2030-01-01T00:00:00Z')
  const codes = createMemoryCodeStore(() => time)
  const asked: Identifier[] = []
  const nextCodes: string[] = []
  const digestWith = (use: string) => (text: string) =>
    keyedDigest(deriveKey(new Uint8Array(32).fill(7), use), text)
  const digestOf = {
    code: digestWith('codes'),
    subject: digestWith('subjects'),
    destination: digestWith('destinations'),
  }
  const challenge = {
    codes,
    digestOf,
    newChallengeId: () => uuidToId(ID_PREFIXES.challenge, randomUUID()),
    newCode: (digits: number) => nextCodes.shift() ?? CODE.padStart(digits, '0'),
    seal: async (code: string) => `sealed ${code}`,
  }
  const isChallengeId = (text: string) => isId(ID_PREFIXES.challenge, text)

  const generateOtp = makeGenerateOtp({
    ...challenge,
    isChallengeId,
    findAccount: async (identifier) => {
      asked.push(identifier)
      return accounts[identifier.value] ?? null
    },
    findChange: async (id) => changes[id] ?? null,
    findHolder: async ({ kind, ticket, sessionId }) =>
      tickets[kind === 'LOGIN' ? `LOGIN ${ticket}` : `STEP_UP ${ticket} ${sessionId}`] ?? null,
    findOwn: async (userId) => Object.values(accounts).find(({ id }) => id === userId) ?? null,
    isOtherNumber: async (_userId, { value }) => value === OTHER_NUMBER,
    sms: { isOn: true, isTextable: (number) => number.startsWith('+49') },
    audiences: ['orders'],
  })

  return {
    codes,
    asked,
    nextCodes,
    pass: (seconds: number) => {
      time += seconds * 1000
    },
    generateOtp: (input: GenerateOtpInput, userId: string | null = null, sessionId: string | null = null) =>
      generateOtp(input, { userId, sessionId, network: '10.0.0.1' }),
    openChallenge: makeOpenChallenge(challenge),
    openRecovery: makeOpenRecovery({
      ...challenge,
      sms: { isOn: true, isTextable: (number) => number.startsWith('+49') },
    }),
    validateOtp: makeValidateOtp({
      codes,
      digestOf,
      isChallengeId,
      signGrant: async (facts) => ({ grant: JSON.stringify(facts), expiresAt: new Date(time + 300_000) }),
    }),
  }
}
