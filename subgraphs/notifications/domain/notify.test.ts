import { addressDigest } from '../../shared/identifiers/address-digest.js'
import type { NewMessage, Notice } from './message.js'
import { makeNotify } from './notify.js'
import type { HeldNotice } from './open-way.js'
import type { Contact } from './ports.js'
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.js'

const NUMBER = '+4915112345678'

const contact: Contact = {
  email: 'ada@example.org',
  emailVerified: true,
  phoneNumber: NUMBER,
  phoneNumberVerified: true,
  displayName: 'Ada',
  locale: 'de-AT',
  timeZone: null,
}

const notice: Notice = {
  userId: 'usr_ada',
  kind: 'OTP',
  template: 'otp',
  variables: {},
  sealedSecret: null,
  expiry: null,
}

type Circumstances = {
  person?: Partial<Contact> | null
  isTextable?: boolean
  chosen?: Partial<Preferences>
  textsLeft?: boolean
  unreachable?: string[]
}

/** A quarter to midnight in Vienna. */
const NOW = new Date('2026-11-24T22:45:00Z')

const CAUSED_AT = new Date('2026-11-24T22:44:59Z')

/** What was not texted any more, of the last notice. */
const held: HeldNotice[] = []

/** What is written of a notice. */
async function written(
  about: Partial<Notice>,
  { person = {}, isTextable = true, chosen = {}, textsLeft = true, unreachable = [] }: Circumstances = {},
) {
  const messages: NewMessage[] = []
  held.length = 0
  const notify = makeNotify<null>({
    contactOf: async () => person && { ...contact, ...person },
    addressOf: async (_, { which }) => (which === 'OLD' ? '+4915100000000' : null),
    isTextable: () => isTextable,
    messages: {
      insert: async (_, message) => {
        messages.push(message)
      },
    },
    hasTextsLeft: async () => textsLeft,
    isUnreachable: async (_, { recipient }) => unreachable.includes(recipient),
    noteHeld: (notice) => held.push(notice),
    timeOf: () => CAUSED_AT,
    preferencesOf: async () => ({ ...DEFAULT_PREFERENCES, ...chosen }),
    now: () => NOW,
    localeFor: (wanted) => wanted.slice(0, 2),
    newMessageId: () => 'ntf_1',
  })
  await notify({ ...notice, ...about }, { tx: null, eventId: 'e1' })
  return messages.map(({ channel, recipient, locale, dedupeKey, notBefore }) => ({
    channel,
    recipient,
    locale,
    dedupeKey,
    notBefore: notBefore?.toISOString() ?? null,
  }))
}

const mail = {
  channel: 'EMAIL',
  recipient: 'ada@example.org',
  locale: 'de',
  dedupeKey: 'e1:OTP',
  notBefore: null,
}
const sms = { channel: 'SMS', recipient: NUMBER, locale: 'de', dedupeKey: 'e1:OTP:SMS', notBefore: null }

test('by mail unless told otherwise', async () => {
  expect(await written({})).toEqual([mail])
  expect(await written({ via: 'SMS' })).toEqual([sms])
})

test('8.6: either way is by mail where there is a proved address, else to a proved number', async () => {
  expect(await written({ via: 'EITHER' })).toEqual([mail])
  expect(await written({ via: 'EITHER' }, { person: { emailVerified: false } })).toEqual([sms])
  expect(
    await written({ via: 'EITHER' }, { person: { emailVerified: false, phoneNumberVerified: false } }),
  ).toEqual([])
})

test('9.4: what gives power over an account goes to a proved address alone', async () => {
  expect(await written({ via: 'PROVED_EMAIL' })).toEqual([mail])
  expect(await written({ via: 'PROVED_EMAIL' }, { person: { emailVerified: false } })).toEqual([])
})

test('an invitation goes to the address there is, proved or not, and to a number where there is none', async () => {
  const invitation = { via: 'WHERE_REACHED', kind: 'INVITATION' } as const
  const unproved = { emailVerified: false, phoneNumberVerified: false }

  expect(await written(invitation, { person: unproved })).toMatchObject([{ recipient: mail.recipient }])
  expect(await written(invitation, { person: { ...unproved, email: null } })).toMatchObject([
    { channel: 'SMS', recipient: NUMBER },
  ])
})

test('8.6: an address that was not proved gets what proves it, and nothing about the person', async () => {
  const person = { emailVerified: false }
  const kinds = ['WELCOME', 'INVITATION', 'EMAIL_VERIFICATION', 'OTP', 'PASSWORD_RESET'] as const
  const about = ['ACCOUNT_EXISTS', 'LOGIN_ALERT', 'SESSION_REVOKED', 'MFA_CHANGED'] as const

  for (const kind of kinds) expect(await written({ kind }, { person })).toHaveLength(1)
  for (const kind of about) expect(await written({ kind }, { person })).toEqual([])
})

test('8.6: a number that was not proved gets what proves it, and nothing else', async () => {
  const person = { phoneNumberVerified: false }

  expect(await written({ via: 'SMS', kind: 'PHONE_VERIFICATION' }, { person })).toMatchObject([
    { recipient: NUMBER },
  ])
  expect(await written({ via: 'SMS' }, { person })).toEqual([])
})

test('8.8: nothing goes to a number that may not be texted', async () => {
  expect(await written({ via: 'SMS' }, { isTextable: false })).toEqual([])
})

test('an address of a change is written to in place of the one the person has', async () => {
  const address = (which: 'OLD' | 'NEW') => ({ changeId: 'ccg_1', which })

  expect(await written({ via: 'SMS', address: address('OLD') })).toMatchObject([
    { recipient: '+4915100000000' },
  ])
  expect(await written({ via: 'SMS', address: address('NEW') })).toEqual([])
})

test('8.6: a code goes to the address that it was made for, or nowhere', async () => {
  const digest = addressDigest('chl_1', NUMBER)
  const code = { via: 'SMS', boundTo: { salt: 'chl_1', digest } } as const
  const address = { changeId: 'ccg_1', which: 'OLD' } as const

  expect(await written(code)).toEqual([sms])
  expect(await written(code, { person: { phoneNumber: '+4915100000000' } })).toEqual([])
  expect(await written({ ...code, boundTo: { salt: 'chl_2', digest } })).toEqual([])
  expect(await written({ ...code, address })).toEqual([])
})

test('nobody is told where there is nobody, or no address', async () => {
  expect(await written({}, { person: null })).toEqual([])
  expect(await written({}, { person: { email: null } })).toEqual([])
  expect(await written({ via: 'SMS' }, { person: { phoneNumber: null } })).toEqual([])
})

test('what somebody does not want is not written, and what nobody may refuse is', async () => {
  const news = { refusedBy: 'productNews' } as const

  expect(await written(news)).toEqual([])
  expect(await written(news, { chosen: { productNews: true } })).toEqual([mail])
  expect(await written({}, { chosen: { loginAlerts: false, profileChanges: false } })).toEqual([mail])
})

test('what may go either way goes by text to who would rather have one, and has proved a number', async () => {
  const chosen = { preferredChannel: 'SMS' } as const
  const either = { via: 'EITHER' } as const

  expect(await written(either, { chosen })).toEqual([sms])
  expect(await written(either, { chosen, isTextable: false })).toEqual([mail])
  expect(await written(either, { chosen, person: { phoneNumberVerified: false } })).toEqual([mail])
  expect(await written(either, { chosen, person: { phoneNumber: null } })).toEqual([mail])
  expect(await written({}, { chosen })).toEqual([mail])
})

test('quiet hours hold back what may wait, in the zone of the person, and never a code', async () => {
  const chosen = { quietHours: { from: '22:00', to: '07:00' } }
  const person = { timeZone: 'Europe/Vienna' }

  expect(await written({ mayWait: true }, { chosen, person })).toEqual([
    { ...mail, notBefore: '2026-11-25T06:00:00.000Z' },
  ])
  expect(await written({}, { chosen, person })).toEqual([mail])
  expect(await written({ mayWait: true }, { person })).toEqual([mail])
  expect(await written({ mayWait: true }, { chosen, person: { timeZone: 'Asia/Tokyo' } })).toEqual([mail])
})

test('8.8: notices that were texted often enough today go by mail, or nowhere; a code has limits of its own', async () => {
  const either = { via: 'EITHER' } as const
  const chosen = { preferredChannel: 'SMS' } as const

  expect(await written(either, { chosen, textsLeft: false })).toEqual([mail])
  expect(held).toEqual([{ userId: 'usr_ada', kind: 'OTP', template: 'otp', wentByMail: true }])
  expect(await written(either, { person: { emailVerified: false }, textsLeft: false })).toEqual([])
  expect(held).toMatchObject([{ wentByMail: false }])
  expect(await written({ via: 'SMS' }, { textsLeft: false })).toEqual([sms])
  expect(held).toEqual([])
})

describe('where nothing arrives by the first way, what may go either way', () => {
  const [either, chosen] = [{ via: 'EITHER' } as const, { preferredChannel: 'SMS' } as const]
  const [mailbox, number] = [[mail.recipient], [NUMBER]]

  test('goes by the other, if that is proved and may be texted', async () => {
    expect(await written(either, { unreachable: mailbox })).toEqual([sms])
    expect(await written(either, { chosen, unreachable: number })).toEqual([mail])
    expect(await written(either, { unreachable: number })).toEqual([mail])
  })

  test('takes the first where there is no other, and is not handed over there', async () => {
    const [unreachable, unproved] = [mailbox, { phoneNumberVerified: false }]

    expect(await written(either, { unreachable, person: unproved })).toEqual([mail])
    expect(await written(either, { unreachable, isTextable: false })).toEqual([mail])
    expect(await written(either, { unreachable: [...mailbox, ...number] })).toEqual([mail])
    expect(await written(either, { chosen, unreachable: number, person: { emailVerified: false } })).toEqual([
      sms,
    ])
  })

  test('8.8: is not texted more often for that', async () => {
    const noted = { userId: 'usr_ada', kind: 'OTP', template: 'otp', wentByMail: false }

    // Its log says that it was not handed over.
    expect(await written(either, { unreachable: mailbox, textsLeft: false })).toEqual([mail])
    expect(held).toEqual([noted])
    expect(await written(either, { chosen, unreachable: mailbox, textsLeft: false })).toEqual([mail])
    expect(held).toEqual([noted])
  })

  test('and what has one way alone keeps to it', async () => {
    expect(await written({}, { unreachable: mailbox })).toEqual([mail])
    expect(await written({ via: 'SMS' }, { unreachable: number })).toEqual([sms])
  })
})
