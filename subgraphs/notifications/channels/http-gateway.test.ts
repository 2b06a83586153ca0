import { type SmsStub, startSmsStub } from '../test/sms-stub.js'
import { createGatewaySender, type GatewaySettings } from './http-gateway.js'

const text = { id: 'ntf_1', recipient: '+4915112345678', text: 'Code 123456 & more' }

let stub: SmsStub

beforeEach(async () => {
  stub = await startSmsStub()
})
afterEach(() => stub.stop())

async function send(changes: Partial<GatewaySettings> = {}) {
  const sender = createGatewaySender({
    ...{ url: `${stub.url}/send?from=usergraph`, format: 'json', authorization: 'Bearer token', ...changes },
    messageUuid: (id) => `uuid of ${id}`,
  })
  const result = await sender.send(text)
  await sender.stop()
  return result
}

const taken = {
  path: 'POST /send?from=usergraph',
  authorization: 'Bearer token',
  idempotencyKey: 'uuid of ntf_1',
  fields: { id: 'uuid of ntf_1', to: text.recipient, text: text.text },
}

test.each(['json', 'form'] as const)('11.2: hands a text over as %s, by a key that stays', async (format) => {
  const results = [await send({ format }), await send({ format })]

  expect(results).toEqual(results.map(() => ({ kind: 'accepted', providerMessageId: 'own-1' })))
  expect(stub.received).toEqual([taken, taken])
})

test('sends no credentials where there are none', async () => {
  await send({ authorization: null })

  expect(stub.received).toEqual([{ ...taken, authorization: '' }])
})

test.each([
  [422, { kind: 'refused', error: 'HTTP 422' }],
  [400, { kind: 'deferred', error: 'HTTP 400' }],
  [401, { kind: 'deferred', error: 'HTTP 401' }],
  [503, { kind: 'deferred', error: 'HTTP 503' }],
])('%s ends a text only where it is about the text', async (status, result) => {
  stub.answerWith({ status, body: 'whatever it says' })

  expect(await send()).toEqual(result)
})

test('11.3: is told when to try again', async () => {
  stub.answerWith({ status: 429, headers: { 'retry-after': '7' } })

  expect(await send()).toEqual({ kind: 'deferred', error: 'HTTP 429', retryAfterSeconds: 7 })
})

test('12.2: follows no redirect', async () => {
  const elsewhere = await startSmsStub()
  stub.answerWith({ status: 307, headers: { location: `${elsewhere.url}/steal` } })

  expect(await send()).toEqual({ kind: 'deferred', error: 'HTTP 307' })
  expect(elsewhere.received).toEqual([])
  await elsewhere.stop()
})
