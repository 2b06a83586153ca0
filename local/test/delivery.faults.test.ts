import { register, somePerson } from '../../router/test/seed/people.js'
import {
  copiesOf,
  type DeliveryKit,
  excessOf,
  killTheSender,
  startDeliveryKit,
  tellMany,
} from './delivery-kit.js'

const KILLS = 20
const REDIS_AWAY_MS = 30_000
const WITHIN_MS = 60_000
const PEOPLE = 20

let kit: DeliveryKit

beforeEach(async () => {
  kit = await startDeliveryKit()
})
afterEach(() => kit?.stop())

test('11.2: whenever the sender is killed, every message goes out, and a second time only what it had in hand', async () => {
  const events = []
  const abandoned = []
  for (let kill = 0; kill < KILLS; kill += 1) {
    events.push(...(await tellMany(kit)))
    abandoned.push(...(await killTheSender(kit)))
  }

  const copies = await copiesOf(kit, events)
  const twice = [...copies.values()].filter((count) => count > 1).length
  console.log(`${events.length} messages, ${KILLS} kills, ${abandoned.length} in hand, ${twice} sent twice`)

  expect(copies.size).toBe(events.length)
  expect([...copies.values()].every((count) => count > 0)).toBe(true)
  expect(excessOf(copies, abandoned)).toEqual([])
})

test('13.2: a Redis that is away for half a minute, and forgets everything, loses no message', async () => {
  const events = await tellMany(kit)
  const lost = kit.loseRedisFor(REDIS_AWAY_MS)
  events.push(...(await tellMany(kit)))
  const people = Array.from({ length: PEOPLE }, somePerson)
  const answers = []
  for (const { email, password, ip } of people) answers.push(await register({ email, password }, ip))
  await lost
  const returnedAt = performance.now()

  const copies = await copiesOf(kit, events)
  const tookMs = performance.now() - returnedAt
  const welcomed = kit.smtp.received.filter(({ to }) => people.some(({ email }) => to.join().includes(email)))
  console.log(`all there after ${Math.round(tookMs / 1000)} s`)

  expect(copies.size).toBe(events.length)
  expect([...copies.values()].every((count) => count === 1)).toBe(true)
  expect(tookMs).toBeLessThan(WITHIN_MS)
  expect(answers.map(({ data }) => data['register'])).toMatchObject(
    people.map(() => ({ nextStep: 'VERIFY_EMAIL', userErrors: [] })),
  )
  expect(welcomed).toHaveLength(PEOPLE)
})
