import { type SmsStub, startSmsStub } from '../test/sms-stub.js'
import type { SmsSender } from './http-sms.js'
import { createTwilioSender } from './twilio.js'

const ACCOUNT = `AC${'0'.repeat(32)}`
const text = { id: 'ntf_1', recipient: '+4915112345678', text: '123456 is your code & more' }

let stub: SmsStub
let sender: SmsSender

const open = (apiUrl: string, { from = '+12025550123', statusUrl = null as string | null } = {}) =>
  createTwilioSender({
    ...{ apiUrl, accountSid: ACCOUNT, authToken: 'token', from, statusUrl },
    messageUuid: (id) => `uuid-of-${id}`,
  })

beforeEach(async () => {
  stub = await startSmsStub()
  sender = open(stub.url)
})
afterEach(async () => {
  await sender.stop()
  await stub.stop()
})

test('hands a text over as a form, with the account and its token', async () => {
  const sent = await sender.send(text)

  expect(sent).toEqual({ kind: 'accepted', providerMessageId: 'SM1' })
  expect(stub.received).toEqual([
    {
      path: `POST /2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
      authorization: `Basic ${Buffer.from(`${ACCOUNT}:token`).toString('base64')}`,
      idempotencyKey: null,
      fields: { To: text.recipient, From: '+12025550123', Body: text.text },
    },
  ])
})

test('names a messaging service as one', async () => {
  const service = `MG${'a'.repeat(32)}`
  const byService = open(stub.url, { from: service })

  await byService.send(text)
  await byService.stop()

  expect(stub.received[0]?.fields).toEqual({
    To: text.recipient,
    MessagingServiceSid: service,
    Body: text.text,
  })
})

test('says where it is to be told what became of a text, and of which', async () => {
  const withStatus = open(stub.url, { statusUrl: 'https://id.example.org/hooks/twilio' })

  await withStatus.send(text)
  await withStatus.stop()

  expect(stub.received[0]?.fields['StatusCallback']).toBe(
    'https://id.example.org/hooks/twilio?message=uuid-of-ntf_1',
  )
})

test.each([
  ['a number that is none', 400, 21211, { kind: 'refused', error: 'TWILIO 21211', stops: 'BOUNCE' }],
  ['a landline', 400, 21635, { kind: 'refused', error: 'TWILIO 21635', stops: 'BOUNCE' }],
  ['a premium service', 400, 21268, { kind: 'refused', error: 'TWILIO 21268', stops: 'BOUNCE' }],
  ['words that are too many', 400, 21617, { kind: 'refused', error: 'TWILIO 21617' }],
  ['a person who wants no texts', 400, 21610, { kind: 'refused', error: 'TWILIO 21610', stops: 'OPT_OUT' }],
  ['a sender that a country does not take', 400, 21612, { kind: 'deferred', error: 'TWILIO 21612' }],
  ['our own number', 400, 21606, { kind: 'deferred', error: 'TWILIO 21606' }],
  ['a country that is not switched on', 400, 21408, { kind: 'deferred', error: 'TWILIO 21408' }],
  ['our token', 401, 20003, { kind: 'deferred', error: 'TWILIO 20003' }],
  ['its own state', 500, 20500, { kind: 'deferred', error: 'TWILIO 20500' }],
])('an answer about %s', async (_, status, code, result) => {
  stub.answerWith({ status, body: JSON.stringify({ code, message: `about ${text.recipient}`, status }) })

  expect(await sender.send(text)).toEqual(result)
})

test.each([
  ['seconds', { 'retry-after': '90' }, 90],
  ['a date', { 'retry-after': new Date(Date.now() + 90_000).toUTCString() }, expect.any(Number)],
])('11.3: is told in %s when to try again', async (_, headers, seconds) => {
  stub.answerWith({ status: 429, headers, body: JSON.stringify({ code: 20429 }) })

  expect(await sender.send(text)).toEqual({
    kind: 'deferred',
    error: 'TWILIO 20429',
    retryAfterSeconds: seconds,
  })
})

test.each([
  ['no JSON', '<html>'],
  ['another shape', '[]'],
])('a text that was taken counts as taken, whatever the words: %s', async (_, body) => {
  stub.answerWith({ status: 201, body })

  expect(await sender.send(text)).toEqual({ kind: 'accepted', providerMessageId: null })
})

test('12.2: follows no redirect', async () => {
  const elsewhere = await startSmsStub()
  stub.answerWith({ status: 307, headers: { location: `${elsewhere.url}/steal` } })

  expect(await sender.send(text)).toEqual({ kind: 'deferred', error: 'TWILIO 307' })
  expect(elsewhere.received).toEqual([])
  await elsewhere.stop()
})

test('defers while the provider is away', async () => {
  const away = await startSmsStub()
  await away.stop()
  const unreachable = open(away.url)

  expect(await unreachable.send(text)).toEqual({ kind: 'deferred', error: 'TWILIO ECONNREFUSED' })
  await unreachable.stop()
})

test('defers when it is stopped while the provider says nothing', async () => {
  stub.answerWith(null)
  const sending = sender.send(text)
  while (stub.received.length === 0) await new Promise(setImmediate)
  await sender.stop()

  expect(await sending).toMatchObject({ kind: 'deferred' })
})
