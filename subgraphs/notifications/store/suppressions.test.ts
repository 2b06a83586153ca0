import { randomUUID } from 'node:crypto'
import { ITSELF } from '../../shared/audit/act.js'
import { newId } from '../../shared/ids/type-id.js'
import { FAREWELL, type NewMessage } from '../domain/message.js'
import type { Address, Outcome } from '../domain/ports.js'
import type { Report } from '../domain/report.js'
import type { SuppressionReason } from '../domain/suppression.js'
import { createStoreKit } from '../test/store-kit.js'
import { eraseUser, forgetNobodysStops } from './erase.js'

const RACERS = 50
const ROUNDS = 20
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000)

let kit: Awaited<ReturnType<typeof createStoreKit>>

beforeAll(async () => {
  kit = await createStoreKit()
  await Promise.all(Array.from({ length: RACERS }, () => kit.client`select pg_sleep(0.01)`)) // opens the connections
})
afterAll(() => kit.stop())

const someAddress = (): Address => ({ channel: 'EMAIL', address: `p${randomUUID()}@example.org` })

async function someSent(
  { channel, address }: Address,
  changes: Partial<NewMessage> = {},
  outcome: Outcome = SENT,
) {
  const id = await kit.insertMessage({ channel, recipient: address, ...changes })
  const claimed = await kit.deliveries.claim(id)
  if (claimed) await kit.deliveries.record(claimed, 'smtp', outcome)
  return id
}

const SENT: Outcome = { kind: 'sent', providerMessageId: 'p1' }
const BOUNCED: Outcome = { kind: 'bounced', status: 'BOUNCED', error: 'SMTP 550 5.1.1', stops: 'BOUNCE' }

const report = (messageId: string, outcome: Report['outcome'], stops: SuppressionReason | null = null) =>
  kit.reports.record({
    ...{ messageId, outcome, stops },
    provider: 'mail',
    providerMessageId: null,
    error: null,
  })

const complain = (email: string, at = new Date()) =>
  kit.reports.recordOfAddress({
    ...{ id: randomUUID(), provider: 'mail', email, at },
    ...{ outcome: 'COMPLAINED', stops: 'COMPLAINT' },
  })

async function bounced(): Promise<Address> {
  const address = someAddress()
  await someSent(address, {}, BOUNCED)
  return address
}

const reasonsOf = (address: Address) => kit.suppressions.listReasons(address)
const lift = (address: Address, at = new Date()) => kit.suppressions.lift(kit.db, [{ ...address, at }])

test('what bounces at once stops what follows, and stands in the log of the message', async () => {
  const address = someAddress()
  const id = await someSent(address, {}, BOUNCED)

  expect(await reasonsOf(address)).toEqual(['BOUNCE'])
  expect(await kit.rowOf(id)).toMatchObject({ status: 'BOUNCED', sealed_secret: null, variables: {} })
  expect(await kit.messages.listAttempts([id])).toMatchObject([
    { outcome: 'BOUNCED', error: 'SMTP 550 5.1.1' },
  ])
})

test('so does what is said later, of a message or of a mailbox, once', async () => {
  const [one, other] = [someAddress(), someAddress()]
  const id = await someSent(one)
  const said = { id: randomUUID(), provider: 'mail', email: other.address, at: new Date() } as const

  await report(id, 'BOUNCED', 'BOUNCE')
  const first = await kit.reports.recordOfAddress({ ...said, outcome: 'COMPLAINED', stops: 'COMPLAINT' })
  await kit.suppressions.remove(one, ITSELF)
  await kit.suppressions.remove(other, ITSELF)
  const again = await kit.reports.recordOfAddress({ ...said, outcome: 'COMPLAINED', stops: 'COMPLAINT' })

  expect([first, again, await report(id, 'BOUNCED', 'BOUNCE')]).toEqual([true, false, false])
  expect([await reasonsOf(one), await reasonsOf(other)]).toEqual([[], []])
})

test('nobody reads in the table whose address it is', async () => {
  const { address } = await bounced()

  const rows = await kit.client`select s::text as row from notifications.suppressions s`
  expect(JSON.stringify(rows)).not.toContain(address)
})

test('an address and a number are not taken for each other', async () => {
  const { address } = await bounced()

  expect(await reasonsOf({ channel: 'SMS', address })).toEqual([])
})

test('what would prove the address goes once a day, with all its tries', async () => {
  const address = await bounced()
  const [first, second] = [newId('ntf'), newId('ntf')]

  const taken = [
    await kit.suppressions.takeProof(address, first),
    await kit.suppressions.takeProof(address, second),
  ]
  const retried = await kit.suppressions.takeProof(address, first)
  await kit.client`update notifications.suppressions set probed_at = probed_at - interval '25 hours'`

  expect([...taken, retried]).toEqual([true, false, true])
  expect(await kit.suppressions.takeProof(address, second)).toBe(true)
})

test('of many messages at once that would prove it, one goes', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const address = await bounced()

    const taken = await Promise.all(
      Array.from({ length: RACERS }, () => kit.suppressions.takeProof(address, newId('ntf'))),
    )

    expect(taken.filter(Boolean)).toHaveLength(1)
  }
}, 120_000)

test('a proof lifts the bounce that came before it, and no later one', async () => {
  const [before, after] = [await bounced(), await bounced()]

  await lift(before)
  await lift(after, AN_HOUR_AGO)

  expect([await reasonsOf(before), await reasonsOf(after)]).toEqual([[], ['BOUNCE']])
})

test('what is heard of an address again counts from then on', async () => {
  const number: Address = { channel: 'SMS', address: '+4915112345680' }
  await report(await someSent(number), 'FAILED', 'OPT_OUT')
  const between = new Date()
  await report(await someSent(number), 'FAILED', 'OPT_OUT')

  await lift(number, between)

  expect(await reasonsOf(number)).toEqual(['OPT_OUT'])
})

test('many proofs at once lift each its own, and none nothing', async () => {
  const [one, other, late, untouched] = [await bounced(), await bounced(), await bounced(), await bounced()]
  const at = new Date()

  await kit.suppressions.lift(kit.db, [])
  await kit.suppressions.lift(kit.db, [
    { ...one, at },
    { ...other, at },
    { ...late, at: AN_HOUR_AGO },
  ])

  expect([await reasonsOf(one), await reasonsOf(other)]).toEqual([[], []])
  expect([await reasonsOf(late), await reasonsOf(untouched)]).toEqual([['BOUNCE'], ['BOUNCE']])
})

test('a text that arrives lifts what kept texts from its number; a complaint is no matter of that', async () => {
  const number: Address = { channel: 'SMS', address: '+4915112345678' }
  await report(await someSent(number), 'FAILED', 'OPT_OUT')
  const before = await reasonsOf(number)
  await report(await someSent(number), 'DELIVERED')
  const mailbox = someAddress()
  await report(await someSent(mailbox), 'COMPLAINED', 'COMPLAINT')
  await lift(mailbox)

  expect([before, await reasonsOf(number), await reasonsOf(mailbox)]).toEqual([
    ['OPT_OUT'],
    [],
    ['COMPLAINT'],
  ])
})

test('a text that was on its way already when its owner said STOP lifts nothing when it arrives', async () => {
  const number: Address = { channel: 'SMS', address: '+4915112345679' }
  const [older, stopped] = [await someSent(number), await someSent(number)]
  await report(stopped, 'FAILED', 'OPT_OUT')

  expect(await report(older, 'DELIVERED')).toBe(true)

  expect(await reasonsOf(number)).toEqual(['OPT_OUT'])
})

test('what a relay says of tomorrow is of now, so that a proof lifts it', async () => {
  const { address } = someAddress()
  await kit.reports.recordOfAddress({
    ...{ id: randomUUID(), provider: 'mail', email: address, at: new Date(Date.now() + 86_400_000) },
    ...{ outcome: 'BOUNCED', stops: 'BOUNCE' },
  })

  await lift({ channel: 'EMAIL', address }, new Date(Date.now() + 60_000))

  expect(await reasonsOf({ channel: 'EMAIL', address })).toEqual([])
})

test('12.4: staff remove it, which the audit log tells once', async () => {
  const userId = newId('usr')
  const address = someAddress()
  await someSent(address, { userId }, BOUNCED)

  await kit.suppressions.remove(address, ITSELF)
  await kit.suppressions.remove(address, ITSELF)

  const acts = await kit.client`select payload->>'action' as action, payload->'detail' as detail
    from notifications.outbox where payload->>'subjectId' = ${userId}`
  expect(await reasonsOf(address)).toEqual([])
  expect([...acts]).toEqual([{ action: 'notifications.remove-suppression', detail: { reason: 'BOUNCE' } }])
})

test('9.7: what a relay said of a mailbox alone goes with the account that had it, or was written to there', async () => {
  const userId = newId('usr')
  const [had, writtenTo, others, theirs] = [someAddress(), someAddress(), someAddress(), someAddress()]
  await someSent(writtenTo, { userId })
  await someSent(theirs, { userId })
  for (const { address } of [had, writtenTo, others, theirs]) await complain(address)
  // Known of somebody else as well, whose it is by now.
  await report(await someSent(theirs), 'COMPLAINED', 'COMPLAINT')

  const contact = { email: had.address, phoneNumber: null }
  await kit.db.transaction((tx) => eraseUser(tx, { userId, contact }, kit.digestOf))

  expect(await Promise.all([had, writtenTo, others, theirs].map(reasonsOf))).toEqual([
    ...[[], [], ['COMPLAINT'], ['COMPLAINT']],
  ])
})

test('9.7: what is known of nobody’s address is forgotten after a year, and what is somebody’s is not', async () => {
  const [young, old, somebodys] = [someAddress(), someAddress(), await bounced()]
  for (const { address } of [young, old]) await complain(address)
  await kit.client`update notifications.suppressions set at = now() - interval '366 days'
    where digest in ${kit.client([old, somebodys].map(kit.digestOf))}`

  await forgetNobodysStops(kit.db)

  expect(await Promise.all([young, old, somebodys].map(reasonsOf))).toEqual([['COMPLAINT'], [], ['BOUNCE']])
})

test('9.7: it is known of the first account whose address it was, and does not go with a later one', async () => {
  const [first, later] = [newId('usr'), newId('usr')]
  const address = someAddress()
  await someSent(address, { userId: first }, BOUNCED)
  await report(await someSent(address, { userId: later }), 'BOUNCED', 'BOUNCE')

  await kit.db.transaction((tx) => eraseUser(tx, { userId: later, contact: null }, kit.digestOf))
  const afterLater = await reasonsOf(address)
  await kit.db.transaction((tx) => eraseUser(tx, { userId: first, contact: null }, kit.digestOf))

  expect([afterLater, await reasonsOf(address)]).toEqual([['BOUNCE'], []])
})

test('9.7: it goes with the account, and the last message to who is gone leaves none', async () => {
  const userId = newId('usr')
  const [address, farewell] = [someAddress(), someAddress()]
  await someSent(address, { userId }, BOUNCED)

  await kit.db.transaction((tx) => eraseUser(tx, { userId, contact: null }, kit.digestOf))
  await someSent(farewell, { userId, template: FAREWELL }, BOUNCED)

  expect([await reasonsOf(address), await reasonsOf(farewell)]).toEqual([[], []])
})
