import { ask } from '../../router/test/seed/ask.js'
import { register, somePerson } from '../../router/test/seed/people.js'
import { GenerateOtpDocument, ValidateOtpDocument } from '../../sdk/__generated__/operations.js'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import { SILENCE } from '../../subgraphs/shared/test/smtp-stub.js'
import {
  copiesOf,
  type DeliveryKit,
  excessOf,
  killTheSender,
  startDeliveryKit,
  tellMany,
} from './delivery-kit.js'

const KILLS = 3
const PEOPLE = 6
const REDIS_AWAY_MS = 5000

let kit: DeliveryKit

beforeAll(async () => {
  kit = await startDeliveryKit()
})
afterAll(() => kit?.stop())

test('11.6: a mail server that says nothing holds up no answer', async () => {
  kit.smtp.follow({ CONNECT: SILENCE })
  const people = Array.from({ length: PEOPLE }, somePerson)

  const answers = []
  for (const { email, password, ip } of people) answers.push(await register({ email, password }, ip))
  const taken = kit.smtp.received.length
  kit.smtp.follow({})
  kit.smtp.hangUp()
  const welcomes = await eventually(async () => {
    const mails = kit.smtp.received.filter(({ to }) => people.some(({ email }) => to.join().includes(email)))
    return mails.length === PEOPLE && mails
  })

  expect(answers.map(({ data }) => data['register'])).toMatchObject(
    people.map(() => ({ nextStep: 'VERIFY_EMAIL', userErrors: [] })),
  )
  expect(taken).toBe(0)
  expect(welcomes).toHaveLength(PEOPLE)
})

test('a mailbox that bounced is written to again once a code that went there was entered', async () => {
  const stops = async () => (await kit.owner`select from notifications.suppressions`).length
  kit.smtp.follow({ RCPT: '550 5.1.1 no such user' })
  await tellMany(kit, 1)
  await eventually(async () => (await stops()) === 1)
  kit.smtp.follow({})
  kit.smtp.received.length = 0

  const input = { purpose: 'LOGIN', channel: 'EMAIL', identifier: { email: 'ada@acme.test' } }
  const sent = await ask(GenerateOtpDocument, { variables: { input } })
  const code = await eventually(async () => /^ *(\d{6})\r$/m.exec(kit.smtp.received[0]?.source ?? '')?.[1])
  const challengeId = sent.data['generateOtp']?.['challengeId']
  const entered = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })

  expect(entered.data['validateOtp']).toMatchObject({ valid: true })
  await eventually(async () => (await stops()) === 0)
})

test('11.2, 13.2: a sender that is killed, and a Redis that forgets everything, lose no message', async () => {
  const events = []
  const abandoned = []
  for (let kill = 0; kill < KILLS; kill += 1) {
    events.push(...(await tellMany(kit)))
    abandoned.push(...(await killTheSender(kit)))
  }
  const lost = kit.loseRedisFor(REDIS_AWAY_MS)
  events.push(...(await tellMany(kit)))
  await lost

  const copies = await copiesOf(kit, events)

  expect(copies.size).toBe(events.length)
  expect([...copies.values()].every((count) => count > 0)).toBe(true)
  // A second copy only of what a process had in hand when it was killed.
  expect(excessOf(copies, abandoned)).toEqual([])
})
