import { canonicalJson } from '../../shared/json/canonical-json.js'
import type { NewMessage } from './message.js'
import type { Contact } from './ports.js'
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.js'
import { makeSendMessage, type SendInput } from './send-message.js'
import type { SendLimit, SendStore, ServiceTemplate } from './sending-ports.js'
import type { SuppressionReason } from './suppression.js'

const ADA: Contact = {
  ...{
    email: 'ada@example.org',
    emailVerified: true,
    phoneNumber: '+4915112345678',
    phoneNumberVerified: true,
  },
  ...{ displayName: 'Ada', locale: 'de-AT', timeZone: 'Europe/Vienna' },
}

const plain: ServiceTemplate = {
  locale: 'de',
  read: (given) =>
    JSON.stringify(given) === '{}'
      ? { kind: 'refused', problems: [{ code: 'MISSING_VARIABLE', field: ['title'] }] }
      : { kind: 'read', variables: { title: 'Hello' } },
}

type Circumstances = {
  person?: Partial<Contact> | null
  chosen?: Partial<Preferences>
  known?: Awaited<ReturnType<SendStore['find']>>
  full?: boolean
  reasons?: SuppressionReason[]
  isTextable?: boolean
  sender?: string
}

const input: SendInput = {
  userId: 'usr_ada',
  kind: 'CUSTOM',
  template: 'custom',
  idempotencyKey: 'k',
  variables: { title: 'x' },
}

/** What is written, and how a send is answered. */
async function sent(
  changes: Partial<SendInput> = {},
  {
    person = {},
    chosen = {},
    known = null,
    full = false,
    reasons = [],
    isTextable = true,
    sender = 'cli_1',
  }: Circumstances = {},
  channel: 'EMAIL' | 'SMS' = 'EMAIL',
) {
  const written: NewMessage[] = []
  const counted: SendLimit[] = []
  const wanted: unknown[] = []
  const payloads: Uint8Array[] = []
  const keys: Uint8Array[] = []
  let poked = 0
  const send = makeSendMessage({
    isUserId: (id) => id.startsWith('usr_'),
    contactOf: async (id) => (person && id === 'usr_ada' ? { ...ADA, ...person } : null),
    preferencesOf: async () => ({ ...DEFAULT_PREFERENCES, ...chosen }),
    isTextable: () => isTextable,
    reasonsOf: async () => reasons,
    templates: {
      async find(template) {
        wanted.push(template)
        return template.name === 'custom' ? plain : null
      },
    },
    sends: {
      async find({ key, payload }) {
        keys.push(key)
        payloads.push(payload)
        return known
      },
      async send(_, { message, limits }) {
        counted.push(...limits)
        if (full) return { kind: 'full', retryAfter: 7 }
        written.push(message)
        return {
          kind: 'sent',
          message: { ...message, status: 'QUEUED', createdAt: new Date(0), sentAt: null },
        }
      },
    },
    digestOf: (...parts) => Buffer.from(canonicalJson(parts, { nulls: 'left out' })),
    textsAnHour: 100,
    newMessageId: () => 'ntf_1',
    // A quarter to midnight in Vienna.
    now: () => new Date('2026-11-24T22:45:00Z'),
    poke: () => {
      poked += 1
    },
  })
  const by = { userId: null, client: sender, ip: null, userAgent: null }
  const result = await send(channel, { ...input, ...changes }, { id: sender, by })
  return { result, written, counted, wanted, keys, payloads, poked }
}

const problemsOf = async (...args: Parameters<typeof sent>) => {
  const { result, written } = await sent(...args)
  expect(written).toEqual([])
  return result.kind === 'refused' ? result.problems : result
}

test('goes to the proved address of a person, in their language, with their name', async () => {
  const { result, written, wanted, poked } = await sent()

  expect(result).toMatchObject({
    kind: 'sent',
    message: { id: 'ntf_1', recipientMasked: 'a•••@example.org' },
  })
  expect(wanted).toEqual([{ name: 'custom', channel: 'EMAIL', locale: 'de-AT' }])
  expect(written).toMatchObject([
    {
      ...{ userId: 'usr_ada', recipient: 'ada@example.org', locale: 'de', urgency: 1, notBefore: null },
      variables: { title: 'Hello', name: 'Ada' },
    },
  ])
  expect(poked).toBe(1)
})

test('9.1: goes to an address that the service names, in the form that all addresses have', async () => {
  const mail = await sent({ userId: null, to: 'Bob@Example.ORG' })
  const text = await sent({ userId: null, to: '+49 151 1234 5678' }, {}, 'SMS')

  expect(mail.written).toMatchObject([
    { userId: null, recipient: 'bob@example.org', variables: { name: null } },
  ])
  expect(mail.wanted).toMatchObject([{ locale: null }])
  expect(text.written).toMatchObject([{ channel: 'SMS', recipient: '+4915112345678' }])
})

test('13.4: a key is of one service and one way, and of no other', async () => {
  const input = { userId: null, to: 'bob@example.org' }
  const [one, again, other] = [await sent(input), await sent(input), await sent(input, { sender: 'cli_2' })]
  const text = await sent({ userId: null, to: '+4915112345678' }, {}, 'SMS')

  expect(one.keys).toHaveLength(1)
  expect(again.keys).toEqual(one.keys)
  expect(other.keys).not.toEqual(one.keys)
  expect(text.keys).not.toEqual(one.keys)
})

test('a language that is asked for goes before the person’s', async () => {
  expect((await sent({ locale: 'fr' })).wanted).toMatchObject([{ locale: 'fr' }])
})

test.each<[string, Partial<SendInput>, Circumstances, 'EMAIL' | 'SMS', string, string]>([
  ['nobody', { userId: null }, {}, 'EMAIL', 'REQUIRED', 'to'],
  ['two', { to: 'a@b.example' }, {}, 'EMAIL', 'INVALID', 'to'],
  ['no person', { userId: 'usr_bob' }, {}, 'EMAIL', 'NOT_FOUND', 'userId'],
  ['no id', { userId: 'ada' }, {}, 'EMAIL', 'NOT_FOUND', 'userId'],
  ['no address', { userId: null, to: 'ada' }, {}, 'EMAIL', 'INVALID_EMAIL', 'to'],
  ['no number', { userId: null, to: '123' }, {}, 'SMS', 'INVALID_PHONE', 'to'],
  [
    'a number that is not texted',
    { userId: null, to: '+4915112345678' },
    { isTextable: false },
    'SMS',
    'INVALID_PHONE',
    'to',
  ],
  [
    'an unproved address',
    {},
    { person: { emailVerified: false } },
    'EMAIL',
    'VERIFICATION_REQUIRED',
    'userId',
  ],
  [
    'an unproved number',
    {},
    { person: { phoneNumberVerified: false } },
    'SMS',
    'VERIFICATION_REQUIRED',
    'userId',
  ],
  ['no template', { template: 'password-reset' }, {}, 'EMAIL', 'TEMPLATE_NOT_FOUND', 'template'],
  ['a kind that is not for services', { kind: 'PASSWORD_RESET' }, {}, 'EMAIL', 'INVALID', 'kind'],
  ['a code', { kind: 'OTP' }, {}, 'SMS', 'INVALID', 'kind'],
  ['no language', { locale: 'x!' }, {}, 'EMAIL', 'INVALID', 'locale'],
  ['an empty key', { idempotencyKey: '' }, {}, 'EMAIL', 'REQUIRED', 'idempotencyKey'],
  ['a long key', { idempotencyKey: 'k'.repeat(129) }, {}, 'EMAIL', 'TOO_LONG', 'idempotencyKey'],
])('refuses %s', async (_, changes, circumstances, channel, code, field) => {
  expect(await problemsOf(changes, circumstances, channel)).toEqual([{ code, field: [field] }])
})

test('names the variable that is wrong', async () => {
  expect(await problemsOf({ variables: {} })).toEqual([
    { code: 'MISSING_VARIABLE', field: ['variables', 'title'] },
  ])
})

describe('news', () => {
  const news = { kind: 'PRODUCT_NEWS' }

  test('go to who wants them, and not to an address that nobody has spoken for', async () => {
    expect((await sent(news, { chosen: { productNews: true } })).written).toHaveLength(1)
    expect(await problemsOf(news)).toEqual([{ code: 'SUPPRESSED', field: ['userId'] }])
    expect(await problemsOf({ ...news, userId: null, to: 'a@b.example' })).toEqual([
      { code: 'REQUIRED', field: ['userId'] },
    ])
  })

  test('wait for the end of the person’s night; what is no news does not', async () => {
    const chosen = { productNews: true, quietHours: { from: '22:00', to: '07:00' } }

    const [later] = (await sent(news, { chosen })).written
    const [atOnce] = (await sent({}, { chosen })).written

    expect(later?.notBefore?.toISOString()).toBe('2026-11-25T06:00:00.000Z')
    expect(atOnce?.notBefore).toBeNull()
  })
})

test('13.4: a key that was used is answered before anything else is looked at', async () => {
  const message = { ...(await sent()).written[0], status: 'SENT', createdAt: new Date(0), sentAt: null }
  const known = { kind: 'sent', message } as unknown as NonNullable<Circumstances['known']>

  const again = await sent({ template: 'gone' }, { known, person: null })

  expect(again).toMatchObject({
    result: { kind: 'sent', message: { status: 'SENT' } },
    written: [],
    wanted: [],
  })
  expect((await sent({}, { known: { kind: 'conflict' } })).result).toEqual({ kind: 'conflict' })
  expect(await problemsOf({}, { known: { kind: 'gone' } })).toEqual([
    { code: 'NOT_FOUND', field: ['userId'] },
  ])
})

describe('13.4: what is sent under a key', () => {
  const payloadOf = async (changes: Partial<SendInput>) => String((await sent(changes)).payloads[0])

  test('is the same however it is written', async () => {
    const said = { title: 'x', rows: { one: 1, two: null }, label: null }
    const again = { rows: { two: null, one: 1 }, title: 'x' }

    expect(await payloadOf({ variables: again })).toBe(await payloadOf({ variables: said }))
    expect(await payloadOf({ variables: null, to: null })).toBe(await payloadOf({ variables: {} }))
  })

  test.each([
    [{ title: 'x' }, { title: 'y' }],
    [{ title: 1 }, { title: '1' }],
    [
      { a: 'x', b: 'y' },
      { a: 'y', b: 'x' },
    ],
    [{ a: ['x', 'y'] }, { a: ['y', 'x'] }],
    [{ a: [null] }, { a: [] }],
  ])('is another: %j, %j', async (one, other) => {
    expect(await payloadOf({ variables: one })).not.toBe(await payloadOf({ variables: other }))
  })
})

test('says when there is room again', async () => {
  const { result, poked } = await sent({}, { full: true })

  expect(result).toEqual({ kind: 'refused', problems: [{ code: 'RATE_LIMITED', retryAfter: 7 }] })
  expect(poked).toBe(0)
})

test('8.8: a text is counted by service, number, neighbours of the number, and all', async () => {
  const keysOf = async (channel: 'EMAIL' | 'SMS') =>
    (await sent({}, {}, channel)).counted.map(({ key }) => Buffer.from(key).toString())

  expect(await keysOf('EMAIL')).toEqual([
    '["client","cli_1"]',
    '["to","email:ada@example.org",0]',
    '["to","email:ada@example.org",1]',
  ])
  expect(await keysOf('SMS')).toEqual([
    '["client","cli_1"]',
    '["texts","cli_1"]',
    '["to","phoneNumber:+4915112345678",0]',
    '["to","phoneNumber:+4915112345678",1]',
    '["prefix","+491511234"]',
    '["texts"]',
  ])
})

test('9.2: all plus-addresses of a mailbox have what it gets in common', async () => {
  const countedFor = async (to: string) => (await sent({ userId: null, to })).counted

  expect(await countedFor('ada+shop@example.org')).toEqual(await countedFor('ada@example.org'))
  expect(await countedFor('bob+shop@example.org')).not.toEqual(await countedFor('ada@example.org'))
})

describe('where nothing arrives, or news are not wanted', () => {
  const [stopped, news] = [{ code: 'SUPPRESSED', field: ['userId'] }, { kind: 'PRODUCT_NEWS' }]
  const chosen = { productNews: true }

  test.each(['BOUNCE', 'OPT_OUT'] as const)('a message to a person is refused: %s', async (reason) => {
    expect(await problemsOf({}, { reasons: [reason] })).toEqual([stopped])
    expect(await problemsOf({}, { reasons: [reason] }, 'SMS')).toEqual([stopped])
    expect(await problemsOf(news, { reasons: [reason, 'COMPLAINT'], chosen })).toEqual([stopped])
  })

  test('a complaint stops news to a person, and nothing else', async () => {
    expect(await problemsOf(news, { reasons: ['COMPLAINT'], chosen })).toEqual([stopped])
    expect((await sent({}, { reasons: ['COMPLAINT'] })).written).toHaveLength(1)
  })

  test('of an address that a service names nothing is told: it counts, and is not handed over later', async () => {
    const named = { userId: null, to: 'ada@example.org' }
    const { result, written, counted } = await sent(named, { reasons: ['BOUNCE'] })

    expect(result).toMatchObject({ kind: 'sent', message: { status: 'QUEUED' } })
    expect(written).toHaveLength(1)
    expect(counted.length).toBeGreaterThan(0)
  })
})
