import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { signVonage, VONAGE } from '../test/signed-hooks.js'
import { makeReadVonageHook } from './vonage-hook.js'

const messageId = newId('ntf')
const STATUS = {
  ...{ message_uuid: 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab', to: '4915112345678', from: 'Usergraph' },
  ...{ timestamp: '2026-11-27T12:00:00.000Z', channel: 'sms', client_ref: idToUuid('ntf', messageId) },
}

const read = makeReadVonageHook(VONAGE)

test.each([
  ['delivered', {}, { outcome: 'DELIVERED', error: null, stops: null }],
  [
    'rejected',
    { error: { title: 1240, detail: 'words' } },
    { outcome: 'FAILED', error: 'VONAGE 1240', stops: 'OPT_OUT' },
  ],
  [
    'undeliverable',
    { error: { title: 1190, detail: 'words' } },
    { outcome: 'FAILED', error: 'VONAGE 1190', stops: 'BOUNCE' },
  ],
  [
    'undeliverable',
    { error: { title: 1180, detail: 'words' } },
    { outcome: 'FAILED', error: 'VONAGE 1180', stops: null },
  ],
  ['rejected', { error: { title: 'a title' } }, { outcome: 'FAILED', error: 'VONAGE rejected', stops: null }],
  ['undeliverable', {}, { outcome: 'FAILED', error: 'VONAGE undeliverable', stops: null }],
])('a text that is %s', async (status, more, report) => {
  expect(await read(await signVonage({ ...STATUS, status, ...more }))).toEqual({
    kind: 'report',
    report: { messageId, provider: 'vonage', providerMessageId: STATUS.message_uuid, ...report },
  })
})

test.each(['submitted', 'constructor'])('nothing follows from %s', async (status) => {
  expect(await read(await signVonage({ ...STATUS, status }))).toEqual({ kind: 'nothing' })
})

describe('11.2: is no word of theirs', () => {
  const delivered = { ...STATUS, status: 'delivered' }

  test('without a token', async () => {
    expect(await read({ ...(await signVonage(delivered)), headers: {} })).toEqual({ kind: 'unsigned' })
  })

  test('with another body', async () => {
    const signed = await signVonage(delivered)

    expect(await read({ ...signed, body: Buffer.from(`${signed.body} `) })).toEqual({ kind: 'unsigned' })
  })

  test.each([
    ['by another secret', { secret: 'a secret that is somebody else’s own' }],
    ['of another account', { api_key: 'another' }],
    ['that does not say what it is of', { payload_hash: undefined }],
    ['that is older than a day', { issuedAt: new Date(Date.now() - 25 * 3_600_000) }],
  ])('with a token %s', async (_, signing) => {
    expect(await read(await signVonage(delivered, signing))).toEqual({ kind: 'unsigned' })
  })

  test('with a token that is signed by nobody', async () => {
    const signed = await signVonage(delivered)
    const [, payload] = (signed.headers['authorization'] ?? '').split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')

    const headers = { authorization: `Bearer ${none}.${payload}.` }
    expect(await read({ ...signed, headers })).toEqual({ kind: 'unsigned' })
  })
})

test.each([[{ ...STATUS, client_ref: 'mine', status: 'delivered' }], [[]], ['delivered']])(
  'is signed and yet of no use: %j',
  async (status) => {
    expect(await read(await signVonage(status as object))).toEqual({ kind: 'faulty' })
  },
)
