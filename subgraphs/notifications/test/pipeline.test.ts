import { ITSELF } from '../../shared/audit/act.js'
import { refreshReuseDetected, sessionRevoked, sessionStarted } from '../../shared/contracts/auth.js'
import { codeRequested } from '../../shared/contracts/otp.js'
import {
  takenAddressRegistered,
  userRegistered,
  verificationRequested,
} from '../../shared/contracts/users.js'
import { phoneCodeRequested } from '../../shared/contracts/users-numbers.js'
import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { newId, uuidToId } from '../../shared/ids/type-id.js'
import { metrics } from '../../shared/metrics/registry.js'
import { eventually } from '../../shared/test/eventually.js'
import type { ReceivedMail } from '../../shared/test/smtp-stub.js'
import { createDeadLetterStore } from '../store/dead-letters.js'
import { createMessageStore } from '../store/messages.js'
import { createWebhookStore } from '../store/webhooks.js'
import { TEMPLATES_WITH_SECRET } from '../templates/catalogue.js'
import { createPipelineKit } from './pipeline-kit.js'
import { gapsOf, letPass } from './retries.js'
import { someMessage } from './store-kit.js'
import { someEvent } from './webhook-kit.js'

const TOKEN = 'dGhpcyBpcyBhIHRva2VuIG9mIDI1NiByYW5kb20gYml0cw'
const VERIFICATION_URL = 'https://id.example.org/account/verify'

let kit: Awaited<ReturnType<typeof createPipelineKit>>

beforeAll(async () => {
  kit = await createPipelineKit()
})
afterAll(() => kit.stop())
beforeEach(() => {
  kit.smtp.received.length = 0
  kit.smtp.answerWith('250 taken')
})

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

async function requestCode(userId: string, { code = '123456', minutes = 5 } = {}) {
  await kit.tell(codeRequested, {
    challengeId: newId('chl'),
    userId,
    purpose: 'EMAIL_VERIFICATION',
    channel: 'EMAIL',
    sealedCode: await kit.seal(code),
    expiresAt: inMinutes(minutes),
  })
}

/** Undoes quoted-printable (RFC 2045, section 6.7). */
const plainOf = ({ source }: ReceivedMail) =>
  Buffer.from(
    source
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** The parts of a mail that came in Base64 (RFC 2045, section 6.8), as one text. */
const decodedOf = ({ source }: ReceivedMail) =>
  [...source.matchAll(/Content-Transfer-Encoding: base64\r\n(?:[^\r]+\r\n)*\r\n([^-]+)/g)]
    .map(([, part]) => Buffer.from(part ?? '', 'base64').toString())
    .join('')

const headersOf = ({ source }: ReceivedMail) => source.slice(0, source.indexOf('\r\n\r\n'))

/** Everything that is stored of messages, events and jobs, as text. */
async function everythingStored(): Promise<string> {
  const { client } = kit.owner
  const tables = await client`select table_schema || '.' || quote_ident(table_name) as name
    from information_schema.tables where table_schema in ('notifications', 'queue') and table_type = 'BASE TABLE'`
  const rows = await Promise.all(tables.map(({ name }) => client.unsafe(`select t::text from ${name} t`)))
  return JSON.stringify(rows)
}

// The first: what is known of words is known for seconds. Its languages are nobody else's here.
test('says a code in an operator’s words, and in ours where those cannot be filled any more', async () => {
  const keep = (locale: string, body: string) =>
    kit.owner.client`insert into notifications.templates (name, locale, channel, subject, body)
      values ('otp', ${locale}, 'EMAIL', 'Um código', ${body})`
  await keep('pt', '# Código\n\nDigite {code}.')
  await keep('es', '# Código\n\nEscriba {gone}.')
  const [ada, eva] = [kit.addPerson({ locale: 'pt-BR' }), kit.addPerson({ locale: 'es' })]

  await requestCode(ada, { code: '246810' })
  await kit.messageOf(ada, 'SENT')
  await requestCode(eva, { code: '135790' })
  await kit.messageOf(eva, 'SENT')

  const [theirs, ours] = kit.smtp.received
  expect(theirs && plainOf(theirs)).toContain('Digite 246810.')
  expect(ours && plainOf(ours)).toContain('135790')
  expect(ours && plainOf(ours)).not.toContain('Escriba')
  expect(await metrics.metrics()).toMatch(/^usergraph_template_faults_total\{template="otp"\} [1-9]/m)
})

test('sends a code once, to the stored address alone, and forgets it', async () => {
  const userId = kit.addPerson({ email: 'ada@example.org' })
  kit.smtp.answerWith('451 busy')
  await requestCode(userId, { code: '907153' })
  const waiting = await eventually(async () => {
    const message = await kit.messageOf(userId, 'QUEUED')
    return message['tries'] > 0 && message
  })
  expect(waiting['sealed_secret']).toMatch(/^ey/)
  expect(await everythingStored()).not.toContain('907153')

  kit.smtp.answerWith('250 taken')
  await letPass(kit, waiting['id'])
  const sent = await kit.messageOf(userId, 'SENT')

  expect(sent).toMatchObject({ sealed_secret: null, variables: {}, kind: 'OTP', tries: expect.any(Number) })
  const [mail] = kit.smtp.received
  expect(kit.smtp.received).toHaveLength(1)
  expect(mail?.to).toEqual(['RCPT TO:<ada@example.org>'])
  expect(plainOf(mail as ReceivedMail)).toContain('907153')
  const headers = headersOf(mail as ReceivedMail)
  expect(headers).toContain(`Message-ID: <${sent['id']}@usergraph.test>`)
  expect(headers).toContain('From: Usergraph <no-reply@usergraph.test>')
  expect(headers).toContain('Subject: Your one-time code\r\n')
  expect(headers).not.toContain('907153')
  expect(await everythingStored()).not.toContain('907153')
})

test('mails the link of a registration, its token behind the hash', async () => {
  const userId = kit.addPerson({ displayName: '<b>Eve</b>\r\nBcc: all@evil.example' })
  await kit.tell(userRegistered, {
    userId,
    replacedUserId: null,
    sealedToken: await kit.seal(TOKEN),
    verificationUrl: VERIFICATION_URL,
  })

  expect(await kit.messageOf(userId, 'SENT')).toMatchObject({ kind: 'WELCOME', template: 'welcome' })
  const mail = kit.smtp.received[0] as ReceivedMail
  expect(plainOf(mail)).toContain(`${VERIFICATION_URL}#token=${TOKEN}`)
  expect(plainOf(mail)).not.toContain('<b>Eve')
  expect(headersOf(mail)).not.toMatch(/^bcc:|evil/im)
  expect(mail.to).toHaveLength(1)
  expect(await everythingStored()).not.toContain(TOKEN)
})

test('tells each of the other facts in its own words', async () => {
  const userId = kit.addPerson()
  const at = new Date().toISOString()
  const session = { userId, sessionId: newId('ses'), device: 'Firefox on Linux', ip: '198.51.100.7', at }
  await kit.tell(verificationRequested, {
    userId,
    sealedToken: await kit.seal(TOKEN),
    verificationUrl: VERIFICATION_URL,
  })
  await kit.tell(takenAddressRegistered, { userId })
  await kit.tell(sessionStarted, { ...session, isNewDevice: true })
  await kit.tell(sessionStarted, { ...session, isNewDevice: false, failuresBefore: 2 })
  await kit.tell(refreshReuseDetected, { userId, sessionId: session.sessionId, at })
  const revoked = { userId, sessionIds: [session.sessionId, newId('ses')], at }
  for (const reason of ['REUSE', 'TOO_MANY', 'DISABLED', 'REVOKED'] as const) {
    await kit.tell(sessionRevoked, { ...revoked, reason })
  }

  await eventually(async () => kit.smtp.received.length === 5)
  expect(kit.smtp.received.map((mail) => /Subject: (.*)/.exec(mail.source)?.[1]).sort()).toEqual([
    'Confirm your email address',
    'New sign-in to your account',
    'We ended one of your sessions',
    'You already have an account',
    'You were signed out',
  ])
})

test('11.3: what is sent, tried again, given up on and left undone can be watched', async () => {
  const userId = kit.addPerson()
  const told = () => kit.tell(refreshReuseDetected, { userId, sessionId: newId('ses'), at: inMinutes(0) })
  const before = await metrics.metrics()
  await told()
  await kit.messageOf(userId, 'SENT')
  kit.smtp.answerWith('451 busy')
  await told()
  const waiting = await eventually(async () => {
    const message = await kit.messageOf(userId, 'QUEUED')
    return message['tries'] > 0 && message
  })
  kit.smtp.answerWith('550 no such mailbox')
  await letPass(kit, waiting['id'])
  await kit.messageOf(userId, 'DEAD_LETTERED')

  const labels = 'kind="SESSION_REVOKED",provider="smtp"'
  const risen = (name: string) =>
    eventually(async () => shownOf(await metrics.metrics(), name) - shownOf(before, name) >= 1)
  await risen(`usergraph_delivery_lag_seconds_count{${labels}}`)
  for (const outcome of ['sent', 'retry', 'dead']) {
    await risen(`usergraph_deliveries_total{${labels},outcome="${outcome}"}`)
  }
  expect(await metrics.metrics()).toMatch(/^usergraph_oldest_due_seconds{channel="SMS"} \d/m)
  expect(await metrics.metrics()).toMatch(/^usergraph_dead_letters \d/m)
})

/** Of one line of what a process shows; 0 where it has none. */
const shownOf = (shown: string, name: string): number => {
  const line = shown.split('\n').find((one) => one.startsWith(`${name} `))
  return line ? Number(line.slice(name.length)) : 0
}

test('has nothing to send to an account that is gone', async () => {
  await kit.tell(takenAddressRegistered, { userId: newId('usr') })
  const userId = kit.addPerson()
  await kit.tell(takenAddressRegistered, { userId })
  await kit.messageOf(userId, 'SENT')

  expect(kit.smtp.received).toHaveLength(1)
})

test('gives up at once on a message that is refused for good', async () => {
  kit.smtp.answerWith('550 no such mailbox')
  const userId = kit.addPerson()
  await requestCode(userId)

  expect(await kit.messageOf(userId, 'DEAD_LETTERED')).toMatchObject({ sealed_secret: null, tries: 1 })
})

test('drops a code that came too late', async () => {
  const userId = kit.addPerson()
  await requestCode(userId, { minutes: -1 })

  expect(await kit.messageOf(userId, 'FAILED')).toMatchObject({ sealed_secret: null })
  expect(kit.smtp.received).toEqual([])
})

test('tries again with growing gaps while it is deferred, then sends once', async () => {
  kit.smtp.answerWith('451 greylisted')
  const userId = kit.addPerson()
  await kit.tell(takenAddressRegistered, { userId })
  const { id } = await kit.messageOf(userId, 'QUEUED')

  for (const tries of [1, 2, 3, 4]) {
    await eventually(async () => (await gapsOf(kit, id)).length === tries)
    if (tries === 4) kit.smtp.answerWith('250 taken')
    await letPass(kit, id)
  }
  await kit.messageOf(userId, 'SENT')

  const [first = 0, second = 0, third = 0, fourth = 0] = await gapsOf(kit, id)
  expect(first).toBeGreaterThanOrEqual(4)
  expect(second).toBeGreaterThan(first * 1.5)
  expect(third).toBeGreaterThan(second * 1.5)
  expect(fourth).toBeGreaterThan(third * 1.5)
  expect(kit.smtp.received).toHaveLength(1)
})

test('sends what was never queued, or was lost with its queue', async () => {
  const message = someMessage({ template: 'account-exists', sealedSecret: null, variables: { name: null } })
  await createMessageStore(kit.owner.db).insert(kit.owner.db, message)

  expect(await kit.messageOf(message.userId, 'SENT')).toMatchObject({ tries: 1 })
})

test('a text of a development set-up is a mail that no network can deliver', async () => {
  const message = someMessage({
    ...{ channel: 'SMS', recipient: '+4915112345678', sealedSecret: await kit.seal('123456') },
  })
  await createMessageStore(kit.owner.db).insert(kit.owner.db, message)

  const sent = await kit.messageOf(message.userId, 'SENT')

  expect(sent).toMatchObject({ channel: 'SMS', sealed_secret: null })
  expect(kit.smtp.received.map(({ to }) => to)).toEqual([['RCPT TO:<+4915112345678@sms.invalid>']])
  expect(kit.smtp.received.map(plainOf).join()).toContain('123456 is your code for Usergraph.')
  expect(kit.smtp.received[0]?.source).not.toMatch(/text\/html/)
  expect(await createMessageStore(kit.owner.db).listAttempts([message.id])).toMatchObject([{ segments: 1 }])
})

test('a code for a number goes there by text, though it is not proved yet', async () => {
  const number = '+4915112345679'
  const userId = kit.addPerson({ email: null, phoneNumber: number, phoneNumberVerified: false })

  await kit.tell(codeRequested, {
    ...{ challengeId: newId('chl'), userId, purpose: 'PHONE_VERIFICATION', channel: 'SMS' },
    ...{ sealedCode: await kit.seal('246810'), expiresAt: inMinutes(5) },
  })

  expect(await kit.messageOf(userId, 'SENT')).toMatchObject({ kind: 'PHONE_VERIFICATION', recipient: number })
  expect(kit.smtp.received.map(plainOf).join()).toContain('246810 is your code')
})

test('8.6: a code goes to the number that it was made for, and to none that staff have put in its place', async () => {
  const number = '+4915112345671'
  const userId = kit.addPerson({ phoneNumber: number, phoneNumberVerified: true })
  const tell = async (code: string, madeFor: string) => {
    const challengeId = newId('chl')
    await kit.tell(codeRequested, {
      ...{ challengeId, userId, purpose: 'MFA', channel: 'SMS', expiresAt: inMinutes(5) },
      ...{ sealedCode: await kit.seal(code), addressDigest: addressDigest(challengeId, madeFor) },
    })
  }

  await tell('111111', '+4915112345672')
  await tell('222222', number)

  expect(await kit.messageOf(userId, 'SENT')).toMatchObject({ recipient: number, kind: 'OTP' })
  expect(kit.smtp.received.map(plainOf)).toEqual([expect.stringContaining('222222')])
})

test('8.6: so does the code of a registration, and of a change', async () => {
  const [number, changed] = ['+4915112345673', '+4915112345674']
  const userId = kit.addPerson({ email: null, phoneNumber: number, phoneNumberVerified: false })
  kit.addChange('ccg_bound', { userId, oldValue: null, newValue: changed, kind: 'PHONE', provable: true })
  const tell = async (code: string, madeFor: string, changeId: string | null = null) => {
    const challengeId = newId('chl')
    await kit.tell(phoneCodeRequested, {
      ...{ userId, changeId, challengeId, addressDigest: addressDigest(challengeId, madeFor) },
      ...{ sealedCode: await kit.seal(code), expiresAt: inMinutes(5) },
    })
  }

  await tell('111111', '+4915112345672')
  await tell('222222', '+4915112345672', 'ccg_bound')
  await tell('333333', changed, 'ccg_bound')
  await tell('444444', number)
  await eventually(async () => kit.smtp.received.length === 2)

  const said = kit.smtp.received.map((mail) => [mail.to.join(), plainOf(mail)].join())
  expect(said.toSorted()).toEqual([
    expect.stringMatching(/4915112345673[\s\S]*444444/),
    expect.stringMatching(/4915112345674[\s\S]*333333/),
  ])
})

test('9.4: a code for a change goes to the new address, while it may still be proved', async () => {
  const userId = kit.addPerson()
  const change = { userId, oldValue: null, newValue: '+4915112345670' }
  kit.addChange('ccg_open', { ...change, kind: 'PHONE', provable: true })
  kit.addChange('ccg_over', { ...change, kind: 'PHONE', provable: false })
  const code = { userId, purpose: 'PROFILE_CHANGE', channel: 'SMS' } as const
  const rest = async () => ({ sealedCode: await kit.seal('135790'), expiresAt: inMinutes(5) })

  await kit.tell(codeRequested, {
    ...{ ...code, challengeId: newId('chl'), changeId: 'ccg_over' },
    ...(await rest()),
  })
  await kit.tell(codeRequested, {
    ...{ ...code, challengeId: newId('chl'), changeId: 'ccg_open' },
    ...(await rest()),
  })

  expect(await kit.messageOf(userId, 'SENT')).toMatchObject({ recipient: change.newValue, kind: 'OTP' })
  expect(kit.smtp.received).toHaveLength(1)
})

test('writes to people in their language, subject and all', async () => {
  const userId = kit.addPerson({ locale: 'ja-JP', displayName: '紫式部' })
  await requestCode(userId, { code: '135790' })

  expect(await kit.messageOf(userId, 'SENT')).toMatchObject({ locale: 'ja' })
  const [mail] = kit.smtp.received
  const headers = mail ? headersOf(mail) : ''
  const subject = [...headers.matchAll(/=\?UTF-8\?B\?([^?]+)\?=/gi)].map(([, word]) => word ?? '')

  expect(subject.map((word) => Buffer.from(word, 'base64').toString()).join('')).toBe('確認コードのお知らせ')
  expect(mail && decodedOf(mail)).toMatch(/紫式部 様[\s\S]*135790/)
})

test('11.2: what is sent again after it was given up on has the same Message-ID', async () => {
  const userId = kit.addPerson()
  kit.smtp.answerWith('550 no such mailbox')
  await kit.tell(refreshReuseDetected, { userId, sessionId: newId('ses'), at: new Date().toISOString() })
  const dead = await kit.messageOf(userId, 'DEAD_LETTERED')
  kit.smtp.answerWith('250 taken')

  const deadLetters = createDeadLetterStore({
    ...{ db: kit.owner.db, outbox: { poke: () => {} }, withSecret: TEMPLATES_WITH_SECRET },
  })
  const outcome = await deadLetters.retry(uuidToId('ntf', String(dead?.['id'])), ITSELF)

  expect(outcome).toBe('RETRIED')
  expect(await kit.messageOf(userId, 'SENT')).toMatchObject({ id: dead?.['id'] })
  expect(kit.smtp.received.map(headersOf).join()).toContain(`Message-ID: <${dead?.['id']}@`)
})

test('a code does not stand behind a hundred notices', async () => {
  const { db } = kit.owner
  const store = createMessageStore(db)
  const aMinuteAgo = new Date(Date.now() - 60_000)
  const notice = {
    ...({ kind: 'MFA_CHANGED', template: 'mfa-changed', sealedSecret: null } as const),
    notBefore: aMinuteAgo,
  }
  const variables = { change: 'RESET', at: new Date().toISOString() }
  const code = someMessage({ urgency: 0, sealedSecret: await kit.seal('975318') })

  await db.transaction(async (tx) => {
    for (let count = 0; count < 120; count += 1) await store.insert(tx, someMessage({ ...notice, variables }))
    await store.insert(tx, code)
  })
  await kit.messageOf(code.userId, 'SENT')

  // So many are sent at once.
  expect(kit.smtp.received.map(plainOf).findIndex((mail) => mail.includes('975318'))).toBeLessThan(16)
})

test('what was for webhooks is given up on in time, also where none are left', async () => {
  const { db, client } = kit.owner
  await createWebhookStore({ db, endpoints: ['gone'], lane: 4 }).insert(db, [someEvent()], ['gone'])
  await client`update notifications.webhooks set give_up_at = now() - interval '2 hours'`

  await kit.restart()

  const status = () => client`select status from notifications.webhooks`
  await eventually(async () => (await status())[0]?.['status'] === 'DEAD_LETTERED')
})
