import { type SmsStub, startSmsStub } from '../test/sms-stub.js'
import type { SmsSender } from './http-sms.js'
import { createVonageSender } from './vonage.js'

const text = { id: 'ntf_1', recipient: '+4915112345678', text: '確認コード 123456' }

let stub: SmsStub
let sender: SmsSender

const open = (statusUrl: string | null) =>
  createVonageSender({
    ...{ apiUrl: stub.url, apiKey: 'abcd1234', apiSecret: 'secret', from: '+12025550123', statusUrl },
    messageUuid: (id) => `uuid of ${id}`,
  })

beforeEach(async () => {
  stub = await startSmsStub()
  sender = open(null)
})
afterEach(async () => {
  await sender.stop()
  await stub.stop()
})

const problem = (code: string) =>
  JSON.stringify({
    type: `https://developer.vonage.com/api-errors/messages#${code}`,
    title: 'A title',
    detail: `about ${text.recipient}`,
    instance: 'bf0ca0bf927b3b52e3cb03217e1a1ddf',
  })

test('hands a text over as JSON, with the key and its secret', async () => {
  const sent = await sender.send(text)

  expect(sent).toEqual({ kind: 'accepted', providerMessageId: 'uuid-1' })
  expect(stub.received).toEqual([
    {
      path: 'POST /v1/messages',
      authorization: `Basic ${Buffer.from('abcd1234:secret').toString('base64')}`,
      idempotencyKey: null,
      fields: {
        ...{ channel: 'sms', message_type: 'text', to: '4915112345678', from: '12025550123' },
        ...{ text: text.text, client_ref: 'uuid of ntf_1' },
      },
    },
  ])
})

test('says where it is to be told what became of a text', async () => {
  const withStatus = open('https://id.example.org/hooks/vonage')

  await withStatus.send(text)
  await withStatus.stop()

  expect(stub.received[0]?.fields).toMatchObject({
    webhook_url: 'https://id.example.org/hooks/vonage',
    webhook_version: 'v1',
  })
})

test.each([
  ['a number that is none', 422, problem('1170'), { kind: 'refused', error: 'VONAGE 1170', stops: 'BOUNCE' }],
  [
    'a person who wants no texts',
    422,
    problem('1240'),
    { kind: 'refused', error: 'VONAGE 1240', stops: 'OPT_OUT' },
  ],
  ['our sender', 422, problem('1120'), { kind: 'deferred', error: 'VONAGE 1120' }],
  ['our shape', 422, problem('1150'), { kind: 'deferred', error: 'VONAGE 1150' }],
  ['our credit', 402, problem('low-balance'), { kind: 'deferred', error: 'VONAGE low-balance' }],
  ['our key', 401, problem('unauthorized'), { kind: 'deferred', error: 'VONAGE unauthorized' }],
  ['its own state', 500, '<html>', { kind: 'deferred', error: 'VONAGE 500' }],
  ['nothing in particular', 422, '[]', { kind: 'deferred', error: 'VONAGE 422' }],
])('an answer about %s', async (_, status, body, result) => {
  stub.answerWith({ status, body })

  expect(await sender.send(text)).toEqual(result)
})

test('11.3: is told when to try again', async () => {
  stub.answerWith({ status: 429, headers: { 'retry-after': '7' }, body: problem('1000') })

  expect(await sender.send(text)).toEqual({ kind: 'deferred', error: 'VONAGE 1000', retryAfterSeconds: 7 })
})

test('a text that was taken counts as taken, whatever the words', async () => {
  stub.answerWith({ status: 202, body: 'garbage' })

  expect(await sender.send(text)).toEqual({ kind: 'accepted', providerMessageId: null })
})
