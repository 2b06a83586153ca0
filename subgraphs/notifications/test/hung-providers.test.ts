import { idToUuid } from '../../shared/ids/type-id.js'
import { eventually } from '../../shared/test/eventually.js'
import { SILENCE } from '../../shared/test/smtp-stub.js'
import { messageUuid } from '../message-uuid.js'
import { createMessageStore } from '../store/messages.js'
import { createPipelineKit, type PipelineKit } from './pipeline-kit.js'
import { wakeDispatcher } from './retries.js'
import { type SmsStub, startSmsStub } from './sms-stub.js'
import { someMessage } from './store-kit.js'

/** More than are in hand at once. */
const MANY = 12
const AT_ONCE = 8

const NUMBER = '+4915112345678'
const OLD_QUEUE = 'deliveries'

let kit: PipelineKit
let sms: SmsStub

beforeAll(async () => {
  sms = await startSmsStub()
  kit = await createPipelineKit({ more: { SMS_PROVIDER: 'http', SMS_HTTP_URL: `${sms.url}/` } })
})
afterAll(async () => {
  // Or the workers would wait for what they have in hand.
  kit.smtp.hangUp()
  await sms.stop()
  await kit.stop()
})
beforeEach(async () => {
  kit.smtp.follow({})
  kit.smtp.hangUp()
  sms.answerWith({ status: 202 })
  await kit.owner.client`delete from notifications.messages`
})

/** Messages as a service has them sent, in turn. */
async function insert(count: number, channel: 'EMAIL' | 'SMS') {
  const store = createMessageStore(kit.owner.db)
  const messages = Array.from({ length: count }, () =>
    someMessage({
      ...{ channel, recipient: channel === 'EMAIL' ? 'ada@example.org' : NUMBER },
      ...{ kind: 'CUSTOM', template: 'custom', sealedSecret: null, expiry: null },
      variables: { title: 'News', text: 'Something has happened.', label: null, link: null },
    }),
  )
  for (const message of messages) await store.insert(kit.owner.db, message)
  return messages
}

async function insertOne(channel: 'EMAIL' | 'SMS') {
  const [message] = await insert(1, channel)
  if (!message) throw new Error('one was asked for')
  return message
}

/** As many hang as may at once, and more wait behind them. */
async function hangMany(channel: 'EMAIL' | 'SMS') {
  await insert(MANY, channel)
  await wakeDispatcher(kit)
  await eventually(async () => {
    const { length } = await kit.owner.client`select from notifications.messages
      where status = 'SENDING' and channel = ${channel}`
    return length === AT_ONCE
  })
}

// Before anything hangs.
test('13.8: a text that an older process has put into the queue of all is sent from there', async () => {
  const text = await insertOne('SMS')
  await kit.owner
    .client`update notifications.messages set enqueued_at = now() where id = ${idToUuid('ntf', text.id)}`

  const job = { jobId: messageUuid(text.id), removeOnComplete: true, removeOnFail: true }
  await kit.queues.queue(OLD_QUEUE).add('deliver', { id: text.id }, job)

  expect(await kit.messageOf(text.userId, 'SENT')).toMatchObject({ tries: 1 })
})

test('11.6: a mail server that is silent holds up no text', async () => {
  kit.smtp.follow({ CONNECT: SILENCE })
  await hangMany('EMAIL')

  const text = await insertOne('SMS')
  await wakeDispatcher(kit)

  expect(await kit.messageOf(text.userId, 'SENT')).toMatchObject({ channel: 'SMS', tries: 1 })
  expect(kit.smtp.received).toEqual([])
})

test('11.6: who carries texts and is silent holds up no mail', async () => {
  sms.answerWith(null)
  await hangMany('SMS')

  const mail = await insertOne('EMAIL')
  await wakeDispatcher(kit)

  expect(await kit.messageOf(mail.userId, 'SENT')).toMatchObject({ channel: 'EMAIL', tries: 1 })
})
