import { codeArrived } from '../../shared/contracts/otp-proofs.js'
import type { Transaction } from '../../shared/events/outbox.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { Contact, Proof } from '../domain/ports.js'
import { onCodeArrived } from './on-code-arrived.js'

const [EMAIL, NUMBER] = ['ada@example.org', '+4915112345678']
const AT = '2030-01-01T00:00:00.000Z'

const ADA = {
  ...{ email: EMAIL, emailVerified: true, phoneNumber: NUMBER, phoneNumberVerified: true },
  ...{ displayName: null, locale: 'en', timeZone: null },
} satisfies Contact

const TX = {} as Transaction // nothing here looks at it

type Told = { userId?: string; channel?: 'EMAIL' | 'SMS'; of: string }

/** What is lifted when so many codes arrived in one job. */
async function lifted(...told: Told[]): Promise<Proof[]> {
  const proofs: Proof[] = []
  const asked: string[] = []
  const subscription = onCodeArrived({
    contactsOf: async (ids) => {
      asked.push(ids.join())
      return new Map([['usr_ada', ADA]])
    },
    suppressions: {
      lift: async (_, given) => {
        proofs.push(...given)
      },
    },
  })
  const events = told.map(({ userId = 'usr_ada', channel = 'EMAIL', of }, index) => {
    const challengeId = `chl_${index}`
    const digest = addressDigest(challengeId, of)
    const payload = { userId, channel, challengeId, addressDigest: digest, at: AT }
    return { id: `e${index}`, payload: codeArrived.payload.parse(payload) }
  })
  await subscription.handleMany(events, TX)
  expect(asked).toHaveLength(1) // however many there are
  return proofs
}

test('a code that was entered proves the address that it went to, as of when it was made', async () => {
  expect(await lifted({ of: EMAIL }, { channel: 'SMS', of: NUMBER })).toEqual([
    { channel: 'EMAIL', address: EMAIL, at: new Date(AT) },
    { channel: 'SMS', address: NUMBER, at: new Date(AT) },
  ])
})

test('and no other: one that is the person’s only since, or of another way, or nobody’s any more', async () => {
  expect(
    await lifted({ of: 'old@example.org' }, { channel: 'SMS', of: EMAIL }, { userId: 'usr_gone', of: EMAIL }),
  ).toEqual([])
})
