import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ITSELF } from '../../shared/audit/act.js'
import { sessionStarted } from '../../shared/contracts/auth.js'
import { mfaChanged } from '../../shared/contracts/otp.js'
import { accessChanged, userDeleted } from '../../shared/contracts/users.js'
import { profileUpdated } from '../../shared/contracts/users-profile.js'
import { userVerified } from '../../shared/contracts/users-verified.js'
import { idToUuid, newId, uuidToId } from '../../shared/ids/type-id.js'
import { newUuid } from '../../shared/ids/uuid.js'
import { eventually } from '../../shared/test/eventually.js'
import { queueBackends } from '../../shared/test/queue-backends.js'
import { replayWebhooks } from '../store/webhook-upkeep.js'
import { createWebhookStore } from '../store/webhooks.js'
import { PUBLIC_TYPES } from '../webhooks/catalogue.js'
import { signatureOf } from '../webhooks/sign.js'
import { createPipelineKit } from './pipeline-kit.js'
import { everyPublicFact } from './public-facts.js'
import { createWebhookCheck } from './webhook-schema.js'
import { startWebhookStub, status, type WebhookStub } from './webhook-stub.js'

const secretOf = (start: number) => Buffer.from(Array.from({ length: 32 }, (_, index) => start + index))
const [CRM, BEFORE, BI] = [secretOf(1), secretOf(2), secretOf(3)]
const encoded = (secret: Buffer) => `whsec_${secret.toString('base64')}`

/** One that hears of people, one that hears of everything. */
function settingsFor(crm: WebhookStub, bi: WebhookStub) {
  const path = join(mkdtempSync(join(tmpdir(), 'webhooks-')), 'webhooks.json')
  const common = { timeoutSeconds: 1 }
  writeFileSync(
    path,
    JSON.stringify([
      { ...common, id: 'crm', url: `${crm.url}/crm`, events: ['user.*'], secrets: ['crm', 'before'] },
      { ...common, id: 'bi', url: `${bi.url}/bi`, events: ['*'], secrets: ['bi'] },
    ]),
  )
  return {
    WEBHOOKS_FILE: path,
    WEBHOOK_SECRETS: `crm:${encoded(CRM)},before:${encoded(BEFORE)},bi:${encoded(BI)}`,
    WEBHOOK_NETWORKS: '127.0.0.1/32',
  }
}

describe.each(queueBackends())('webhooks, queues on $name', (queue) => {
  let crm: WebhookStub
  let bi: WebhookStub
  let kit: Awaited<ReturnType<typeof createPipelineKit>>

  beforeAll(async () => {
    ;[crm, bi] = [await startWebhookStub(), await startWebhookStub()]
    kit = await createPipelineKit({ queue, more: settingsFor(crm, bi) })
  })
  afterAll(async () => {
    await kit.stop()
    await Promise.all([crm.stop(), bi.stop()])
  })
  beforeEach(() => {
    for (const stub of [crm, bi]) {
      stub.received.length = 0
      stub.answerWith(status(204))
    }
  })

  // Whatever a test makes be told has the shape that receivers are promised.
  const faultsOf = createWebhookCheck()
  afterEach(() => {
    const bodies = [crm, bi].flatMap(({ received }) => received.map(({ body }) => JSON.parse(body)))
    expect(bodies.flatMap(faultsOf)).toEqual([])
  })

  const receivedBy = (stub: WebhookStub, count: number) =>
    eventually(async () => stub.received.length >= count && [...stub.received])

  const rowsOf = (eventId: string) => kit.owner.client`select * from notifications.webhooks
    where event_id = ${eventId} order by endpoint`

  const triedFor = (endpoint: string, userId: string) => kit.owner.client<
    { status: string; lease: string | null; tries: number }[]
  >`select status, lease, tries from notifications.webhooks
      where endpoint = ${endpoint} and user_id = ${idToUuid('usr', userId)}`

  const statusesFor = async (endpoint: string, userId: string) =>
    (await triedFor(endpoint, userId)).map((row) => row.status)

  const once = (eventId: string, holds: (row: Record<string, unknown>) => boolean) =>
    eventually(async () => {
      const rows = await rowsOf(eventId)
      return rows.length > 0 && rows.every(holds) && rows
    })

  /** Lets the time until the next tries pass, and has a round begin. */
  async function letPass(): Promise<void> {
    await kit.owner.client`update notifications.webhooks set next_attempt_at = now() where status = 'QUEUED'`
    await kit.owner.client`update notifications.webhook_endpoints set held_until = null`
    await wake()
  }

  /** Has a round begin: an event that nobody is told of. */
  const wake = () => kit.tell(accessChanged, { userId: newId('usr'), version: 1, endsSessions: false })

  test('tells each endpoint what it asked for, signed, and no more than ids and times', async () => {
    const userId = kit.addPerson()
    const at = new Date().toISOString()
    const session = { userId, sessionId: newId('ses'), isNewDevice: true, device: 'Firefox on Linux', at }
    const signIn = await kit.tell(sessionStarted, { ...session, ip: '198.51.100.7' })
    const verified = await kit.tell(userVerified, { userId })

    await receivedBy(bi, 2)
    const [told] = await receivedBy(crm, 1)

    const webhookId = uuidToId('evt', verified)
    expect(told).toMatchObject({ path: 'POST /crm', headers: { 'webhook-id': webhookId } })
    expect(JSON.parse(told?.body ?? '')).toEqual({
      type: 'user.verified',
      timestamp: expect.stringMatching(/^20\d\d-.*Z$/),
      data: { userId },
    })
    const timestamp = Number(told?.headers['webhook-timestamp'])
    const content = { id: webhookId, timestamp, body: told?.body ?? '' }
    expect(told?.headers['webhook-signature']).toBe(signatureOf([CRM, BEFORE], content))
    expect(Math.abs(timestamp - Date.now() / 1000)).toBeLessThan(60)
    expect(bi.received.map(({ body }) => JSON.parse(body))).toContainEqual({
      ...{ type: 'session.started', timestamp: expect.any(String) },
      data: { userId, sessionId: session.sessionId, isNewDevice: true },
    })
    const signedIn = await once(signIn, ({ status: now }) => now === 'SENT')
    expect(signedIn).toMatchObject([{ endpoint: 'bi', body: null }])
  })

  test('each type is told in the shape of its schema', async () => {
    const facts = everyPublicFact()
    for (const [event, payload] of facts) await kit.tell(event, payload)

    const received = await receivedBy(bi, facts.length)

    const bodies = received.map(({ body }) => JSON.parse(body) as { type: string })
    expect(new Set(bodies.map(({ type }) => type))).toEqual(new Set(PUBLIC_TYPES))
    expect(bodies.flatMap(faultsOf)).toEqual([])
  })

  test('11.2: an event that is told twice goes out once', async () => {
    const [twice, last] = [newUuid(), newUuid()]
    const { events } = kit
    const payload = { userId: newId('usr') }
    await events.add(userVerified.name, payload, { jobId: twice, removeOnComplete: true })
    await once(twice, ({ status: now }) => now === 'SENT')
    await events.add(userVerified.name, payload, { jobId: twice })
    await events.add(userVerified.name, payload, { jobId: last })
    await once(last, ({ status: now }) => now === 'SENT')

    expect(await rowsOf(twice)).toHaveLength(2)
    expect(crm.received.map(({ headers }) => headers['webhook-id'])).toEqual(
      [twice, last].map((id) => uuidToId('evt', id)),
    )
  })

  test('11.3: is tried again under the same id and freshly signed, and dies where an operator finds it', async () => {
    crm.answerWith(status(500))
    const eventId = await kit.tell(profileUpdated, { userId: newId('usr'), at: new Date().toISOString() })
    await once(eventId, ({ endpoint, last_error }) => endpoint !== 'crm' || last_error === 'HTTP 500')
    await letPass()
    await once(
      eventId,
      (row) => row['endpoint'] !== 'crm' || (row['tries'] === 2 && row['status'] === 'QUEUED'),
    )
    await kit.owner.client`update notifications.webhooks set give_up_at = now() where event_id = ${eventId}`
    await letPass()
    const rows = await once(
      eventId,
      (row) => row['status'] === (row['endpoint'] === 'crm' ? 'DEAD_LETTERED' : 'SENT'),
    )
    crm.answerWith(status(200))
    const replayed = await replayWebhooks(kit.owner.db, ITSELF)
    await letPass()
    const sent = await once(eventId, ({ status: now }) => now === 'SENT')

    expect(rows).toMatchObject([
      { endpoint: 'bi', tries: 1 },
      { endpoint: 'crm', tries: 3, last_error: 'HTTP 500', body: expect.stringContaining('profile-updated') },
    ])
    expect(replayed).toBe(1)
    expect(sent).toMatchObject([{}, { endpoint: 'crm', body: null, tries: 1 }])
    const own = crm.received.filter(({ headers }) => headers['webhook-id'] === uuidToId('evt', eventId))
    expect(own).toHaveLength(4)
    expect(new Set(own.map(({ body }) => body)).size).toBe(1)
  })

  test('an endpoint that is silent delays neither the others nor mail', async () => {
    crm.answerWith(() => {})
    const userId = kit.addPerson()
    for (let count = 0; count < 8; count += 1) await kit.tell(userVerified, { userId })
    const at = new Date().toISOString()
    await kit.tell(mfaChanged, { userId, change: 'RESET', at })

    const message = await kit.messageOf(userId, 'SENT')
    await receivedBy(bi, 9)

    expect(message).toMatchObject({ kind: 'MFA_CHANGED' })
    expect(await statusesFor('crm', userId)).not.toContain('SENT')
    crm.answerWith(status(204))
    await eventually(async () =>
      (await triedFor('crm', userId)).every(({ lease, tries }) => !lease && tries > 0),
    )
    await letPass()
    await eventually(async () => (await statusesFor('crm', userId)).every((now) => now === 'SENT'))
  })

  test('one that answers 410 is left alone until a process starts, and then hears what it missed', async () => {
    crm.answerWith(status(410))
    const first = await kit.tell(userVerified, { userId: newId('usr') })
    await once(first, ({ endpoint, last_error }) => endpoint !== 'crm' || last_error === 'HTTP 410')
    const second = await kit.tell(userVerified, { userId: newId('usr') })
    await once(second, ({ endpoint, status: now }) => endpoint === 'crm' || now === 'SENT')
    await letPass()
    await receivedBy(bi, 2)
    const whileOff = crm.received.length
    crm.answerWith(status(204))

    await kit.restart()
    await letPass()
    await once(first, ({ status: now }) => now === 'SENT')
    await once(second, ({ status: now }) => now === 'SENT')

    expect(whileOff).toBe(1)
    expect(crm.received).toHaveLength(3)
  })

  test('11.1: what no queue knows of is sent all the same', async () => {
    const eventId = newUuid()
    const store = createWebhookStore({ db: kit.owner.db, endpoints: ['crm'], lane: 4 })
    const userId = newId('usr')
    const body = JSON.stringify({
      type: 'user.verified',
      timestamp: new Date().toISOString(),
      data: { userId },
    })
    const event = { eventId, type: 'user.verified', userId, body }
    await store.insert(kit.owner.db, [event], ['crm'])
    // As after a Redis was emptied: the row says that it was handed over, and the queue knows nothing.
    await kit.owner.client`update notifications.webhooks set enqueued_at = now() - interval '11 seconds'
      where event_id = ${eventId}`
    await wake()

    await once(eventId, ({ status: now }) => now === 'SENT')
    expect(crm.received).toHaveLength(1)
  })

  test('9.7: of somebody who is gone, that is told, once, and nothing that was waiting', async () => {
    crm.answerWith(status(500))
    const userId = newId('usr')
    const waiting = await kit.tell(userVerified, { userId })
    await once(waiting, ({ endpoint, last_error }) => endpoint !== 'crm' || last_error === 'HTTP 500')
    crm.answerWith(status(204))
    crm.received.length = 0

    const gone = await kit.tell(userDeleted, { userId, round: 1, sealedContact: null })
    await once(gone, ({ status: now }) => now === 'SENT')
    const again = await kit.tell(userDeleted, { userId, round: 2, sealedContact: null })
    await eventually(async () => (await kit.events.getJobState(again)) === 'completed')

    expect(await rowsOf(waiting)).toEqual([])
    expect(await rowsOf(again)).toEqual([])
    expect(await rowsOf(gone)).toHaveLength(2)
    expect(crm.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'user.deleted', data: { userId } },
    ])
  })
})
