import { ITSELF } from '../../shared/audit/act.js'
import { newId } from '../../shared/ids/type-id.js'
import type { NewMessage } from '../domain/message.js'
import type { DeadLetterStore } from '../domain/ports.js'
import { createStoreKit } from '../test/store-kit.js'
import { createDeadLetterStore } from './dead-letters.js'

const RACERS = 50
const ROUNDS = 20

let kit: Awaited<ReturnType<typeof createStoreKit>>
let deadLetters: DeadLetterStore

beforeAll(async () => {
  kit = await createStoreKit()
  deadLetters = createDeadLetterStore({ db: kit.db, outbox: { poke: () => {} }, withSecret: ['otp'] })
  await Promise.all(Array.from({ length: RACERS }, () => kit.client`select pg_sleep(0.01)`)) // opens the connections
})
afterAll(() => kit.stop())

const notice = { kind: 'MFA_CHANGED', template: 'mfa-changed', sealedSecret: null, expiry: null } as const

async function someDead(changes: Partial<NewMessage> = {}): Promise<string> {
  const id = await kit.insertMessage({ ...notice, ...changes })
  const claimed = await kit.deliveries.claim(id)
  if (claimed) await kit.deliveries.record(claimed, 'smtp', { kind: 'dead', error: 'SMTP 550' })
  return id
}

test('sends a dead message from its first try, and keeps what was tried before', async () => {
  const id = await someDead()

  expect(await deadLetters.retry(id, ITSELF)).toBe('RETRIED')
  expect(await kit.rowOf(id)).toMatchObject({ status: 'QUEUED', tries: 0, waits: false })
  expect(await kit.deliveries.takeDue('EMAIL', 1000)).toContainEqual({ id, urgency: 1 })
  expect(await kit.deliveries.claim(id)).toMatchObject({ tries: 1, variables: { name: 'Ada' } })
  expect(await kit.messages.listAttempts([id])).toMatchObject([{ outcome: 'DEAD_LETTERED' }])
})

test('of many who ask for it at once, one has it sent again, and one act tells of it', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const userId = newId('usr')
    const id = await someDead({ userId })

    const outcomes = await Promise.all(Array.from({ length: RACERS }, () => deadLetters.retry(id, ITSELF)))

    const [acts] = await kit.client`select count(*)::int as count from notifications.outbox
      where payload->>'action' = 'notifications.retry' and payload->>'subjectId' = ${userId}`
    expect(outcomes.filter((outcome) => outcome === 'RETRIED')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'CONFLICT')).toHaveLength(RACERS - 1)
    expect(acts).toEqual({ count: 1 })
  }
}, 120_000)

test('11.3: a dead code stays dead, and so does what is over', async () => {
  const code = await someDead({ kind: 'OTP', template: 'otp' })
  const over = await someDead({ expiry: { afterSeconds: 60 } })
  await kit.elapse(over, '61 seconds')

  expect(await deadLetters.retry(code, ITSELF)).toBe('EXPIRED')
  expect(await deadLetters.retry(over, ITSELF)).toBe('EXPIRED')
  expect(await deadLetters.retry(newId('ntf'), ITSELF)).toBe('NOT_FOUND')
})

test('replays all at once, and says how many had to stay', async () => {
  await deadLetters.replayAll(ITSELF)
  const { left } = await deadLetters.replayAll(ITSELF)
  const [first, second] = [await someDead(), await someDead()]
  await someDead({ kind: 'OTP', template: 'otp' })

  expect(await deadLetters.countWaiting()).toBe(2)
  expect(await deadLetters.replayAll(ITSELF)).toEqual({ replayed: 2, left: left + 1 })
  expect(await kit.rowOf(first)).toMatchObject({ status: 'QUEUED' })
  expect(await kit.rowOf(second)).toMatchObject({ status: 'QUEUED' })
})
