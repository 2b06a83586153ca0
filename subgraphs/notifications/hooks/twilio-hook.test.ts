import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { signTwilio, TWILIO_TOKEN } from '../test/signed-hooks.js'
import type { HookRequest } from './hook-request.js'
import { makeReadTwilioHook } from './twilio-hook.js'

const messageId = newId('ntf')
const URL_OF_IT = `https://id.example.org/hooks/twilio?message=${idToUuid('ntf', messageId)}`

const read = makeReadTwilioHook({ authToken: TWILIO_TOKEN })
const said = (fields: Record<string, string>, url = URL_OF_IT) =>
  signTwilio(url, { MessageSid: 'SM1', To: '+4915112345678', ...fields })

test('its signature is that of their own example', async () => {
  const readExample = makeReadTwilioHook({ authToken: '12345' })
  const form = {
    ...{ CallSid: 'CA1234567890ABCDE', From: '+12349013030', To: '+18005551212', Caller: '+12349013030' },
    Digits: '1234',
  }
  const request: HookRequest = {
    url: new URL('https://mycompany.com/myapp.php?foo=1&bar=2'),
    headers: { 'x-twilio-signature': '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' },
    body: Buffer.from(new URLSearchParams(form).toString()),
  }

  // It is theirs, and about no message of ours.
  expect(await readExample(request)).toEqual({ kind: 'faulty' })
})

test.each([
  ['delivered', {}, { outcome: 'DELIVERED', error: null, stops: null }],
  ['undelivered', { ErrorCode: '30003' }, { outcome: 'FAILED', error: 'TWILIO 30003', stops: null }],
  ['undelivered', { ErrorCode: '30005' }, { outcome: 'FAILED', error: 'TWILIO 30005', stops: 'BOUNCE' }],
  ['failed', { ErrorCode: '21610' }, { outcome: 'FAILED', error: 'TWILIO 21610', stops: 'OPT_OUT' }],
  ['failed', {}, { outcome: 'FAILED', error: 'TWILIO failed', stops: null }],
])('a text that is %s', async (MessageStatus, fields, report) => {
  expect(await read(said({ MessageStatus, ...fields }))).toEqual({
    kind: 'report',
    report: { messageId, provider: 'twilio', providerMessageId: 'SM1', ...report },
  })
})

test.each(['queued', 'sending', 'sent', 'constructor', '__proto__'])(
  'nothing follows from %s',
  async (MessageStatus) => {
    expect(await read(said({ MessageStatus }))).toEqual({ kind: 'nothing' })
  },
)

describe('11.2: is no word of theirs', () => {
  const good = said({ MessageStatus: 'delivered' })

  test.each([
    ['without a signature', { ...good, headers: {} }],
    ['with another one', { ...good, headers: { 'x-twilio-signature': 'AAAA' } }],
    ['with other fields', { ...good, body: Buffer.from(`${good.body}&ErrorCode=30005`) }],
    [
      'about another message',
      { ...good, url: new URL(`https://id.example.org/hooks/twilio?message=${newId('ntf')}`) },
    ],
    ['at another host', { ...good, url: new URL(good.url.href.replace('id.example.org', 'evil.example')) }],
  ])('%s', async (_, request) => {
    expect(await read(request)).toEqual({ kind: 'unsigned' })
  })
})

test.each([
  ['no message', said({ MessageStatus: 'delivered' }, 'https://id.example.org/hooks/twilio')],
  ['one that is none', said({ MessageStatus: 'delivered' }, 'https://id.example.org/hooks/twilio?message=1')],
  ['no status', said({})],
])('is signed and yet of no use with %s', async (_, request) => {
  expect(await read(request)).toEqual({ kind: 'faulty' })
})
