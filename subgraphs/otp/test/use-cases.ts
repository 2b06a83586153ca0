import { randomUUID } from 'node:crypto'
import type { Identifier } from '../../shared/identifiers/identifier.js'
import { ID_PREFIXES, isId, newId, uuidToId } from '../../shared/ids/type-id.js'
import { deriveKey, keyedDigest } from '../../shared/secrets/data-key.js'
import { makeGenerateOtp } from '../domain/generate-otp.js'
import { makeValidateOtp } from '../domain/validate-otp.js'
import { createMemoryCodeStore } from '../store/codes.memory.js'

export const CODE = '123456'
export const WRONG = '654321'

type KnownAccount = { id: string; status: string; emailVerified: boolean }

export const someAccount = (changes: Partial<KnownAccount> = {}): KnownAccount => ({
  id: newId(ID_PREFIXES.user),
  status: 'PENDING_VERIFICATION',
  emailVerified: false,
  ...changes,
})

/** Both use cases over the store in memory, with a clock that only moves when told and codes that are known. */
export function createUseCases(accounts: Record<string, KnownAccount> = {}) {
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
  const isChallengeId = (text: string) => isId(ID_PREFIXES.challenge, text)

  return {
    codes,
    asked,
    nextCodes,
    pass: (seconds: number) => {
      time += seconds * 1000
    },
    generateOtp: makeGenerateOtp({
      codes,
      digestOf,
      isChallengeId,
      findAccount: async (identifier) => {
        asked.push(identifier)
        return accounts[identifier.value] ?? null
      },
      newChallengeId: () => uuidToId(ID_PREFIXES.challenge, randomUUID()),
      newCode: () => nextCodes.shift() ?? CODE,
      seal: async (code) => `sealed ${code}`,
    }),
    validateOtp: makeValidateOtp({
      codes,
      digestOf,
      isChallengeId,
      signGrant: async (facts) => ({ grant: JSON.stringify(facts), expiresAt: new Date(time + 300_000) }),
    }),
  }
}
