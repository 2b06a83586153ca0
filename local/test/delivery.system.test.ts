import { register, somePerson } from '../../router/test/seed/people.js'
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
