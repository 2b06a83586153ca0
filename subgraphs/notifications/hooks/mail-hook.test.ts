import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { MAIL_SECRET, signMail } from '../test/signed-hooks.js'
import { makeReadMailHook } from './mail-hook.js'

const NOW = Date.parse('2026-11-27T12:00:00Z')
const AT = '2026-11-27T11:59:00.000Z'
const OLD_SECRET = new Uint8Array(32).fill(7)
const messageId = newId('ntf')
const uuid = idToUuid('ntf', messageId)

const read = makeReadMailHook({ secrets: [MAIL_SECRET, OLD_SECRET], now: () => NOW })
const bounce = { type: 'bounce', permanent: true, at: AT, messageId: `<${uuid}@usergraph.test>` }
const sign = (said: unknown, signing: Parameters<typeof signMail>[1] = {}) =>
  signMail(said, { at: NOW, ...signing })

test.each([`<${uuid}@usergraph.test>`, `${uuid}@usergraph.test`, uuid, messageId])(
  'a bounce of the message %s',
  async (id) => {
    expect(await read(sign({ ...bounce, messageId: id }))).toEqual({
      kind: 'report',
      report: {
        ...{ messageId, provider: 'mail', outcome: 'BOUNCED', stops: 'BOUNCE' },
        ...{ providerMessageId: null, error: null },
      },
    })
  },
)

test('a complaint from an address, in the form in which it is stored', async () => {
  const said = { type: 'complaint', permanent: false, at: AT, recipient: 'Ada@EXAMPLE.org' }
  const [one, again, other] = [sign(said), sign(said), sign(said, { id: 'msg_2' })]

  const [first, second, third] = [await read(one), await read(again), await read(other)]

  expect(first).toMatchObject({
    kind: 'address-report',
    report: { email: 'ada@example.org', outcome: 'COMPLAINED', stops: 'COMPLAINT', at: new Date(AT) },
  })
  expect(second).toEqual(first)
  expect(third).not.toEqual(first)
})

test.each([
  ['a mailbox that is full today', { ...bounce, permanent: false }],
  ['a message of somebody else’s', { ...bounce, messageId: '<1@example.org>' }],
])('nothing follows from %s', async (_, said) => {
  expect(await read(sign(said))).toEqual({ kind: 'nothing' })
})

test.each([
  ['none', { ...bounce, messageId: undefined }],
  ['both', { ...bounce, recipient: 'ada@example.org' }],
  ['an address that is none', { type: 'bounce', permanent: true, at: AT, recipient: 'ada' }],
  ['another type', { ...bounce, type: 'open' }],
  ['a moment that is none', { ...bounce, at: 'now' }],
  ['a word as a switch', { ...bounce, permanent: 'true' }],
  ['nothing', null],
  ['no object', 'bounce'],
])('is signed and yet of no use with %s', async (_, said) => {
  expect(await read(sign(said))).toEqual({ kind: 'faulty' })
})

test('any of several secrets signs, and one of several signatures is enough', async () => {
  const old = sign(bounce, { secret: OLD_SECRET })
  const many = sign(bounce)
  many.headers['webhook-signature'] = `v1a,zzz v1,AAAA ${many.headers['webhook-signature']}`

  expect([await read(old), await read(many)]).toMatchObject([{ kind: 'report' }, { kind: 'report' }])
})

describe('11.2: is nobody’s word', () => {
  const signed = sign(bounce)
  const without = (name: string) =>
    Object.fromEntries(Object.entries(signed.headers).filter(([one]) => one !== name))
  const ofAnotherVersion = (request: typeof signed) => {
    const signature = (request.headers['webhook-signature'] ?? '').replaceAll('v1,', 'v2,')
    return { ...request, headers: { ...request.headers, 'webhook-signature': signature } }
  }
  const minutes = (count: number) => ({ at: NOW + count * 60_000 })

  test.each([
    ['without an id', { ...signed, headers: without('webhook-id') }],
    ['without a time', { ...signed, headers: without('webhook-timestamp') }],
    ['without a signature', { ...signed, headers: without('webhook-signature') }],
    ['with another id', { ...signed, headers: { ...signed.headers, 'webhook-id': 'msg_2' } }],
    ['with another body', { ...signed, body: Buffer.from(`${signed.body} `) }],
    ['by a signature of another version', ofAnotherVersion(signed)],
    ['by another secret', sign(bounce, { secret: new Uint8Array(32).fill(9) })],
    ['after more than five minutes', sign(bounce, minutes(-5.1))],
    ['from the future', sign(bounce, minutes(5.1))],
  ])('%s', async (_, request) => {
    expect(await read(request)).toEqual({ kind: 'unsigned' })
  })

  test('within five minutes it is heard', async () => {
    expect([await read(sign(bounce, minutes(-4.9))), await read(sign(bounce, minutes(4.9)))]).toMatchObject([
      { kind: 'report' },
      { kind: 'report' },
    ])
  })
})
