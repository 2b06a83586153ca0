import { newId } from '../../shared/ids/type-id.js'
import { selfSigned } from '../../shared/test/self-signed.js'
import { HANG_UP, type Script, SILENCE, type SmtpStub, startSmtpStub } from '../../shared/test/smtp-stub.js'
import { createSmtpSender, PATIENCE, type Patience } from './smtp.js'

/** Short, since the test waits for it; the real one is looked at below. */
const LITTLE_PATIENCE = { connectionTimeout: 150, greetingTimeout: 150, socketTimeout: 150 }
/** Not this very machine, as far as our settings know; and nothing but this machine, as far as its network does. */
const ELSEWHERE = '0.0.0.0'

let stub: SmtpStub

beforeEach(async () => {
  stub = await startSmtpStub(selfSigned(ELSEWHERE))
})
afterEach(() => stub.stop())

type How = { tries?: number; patience?: Patience }

async function send(url: string, { tries = 1, patience = PATIENCE }: How = {}) {
  const sender = createSmtpSender({
    ...{ url, from: { name: 'Usergraph', address: 'no-reply@usergraph.test' }, patience },
    messageUuid: (id) => id.slice(4),
  })
  const mail = { id: newId('ntf'), recipient: 'ada@example.org', subject: 's', text: 'body', html: null }
  const results = []
  for (let count = 0; count < tries; count += 1) results.push(await sender.send(mail))
  sender.stop()
  return { results, messageId: `<${mail.id.slice(4)}@usergraph.test>` }
}

const idsOf = (mails: readonly { source: string }[]) =>
  mails.map(({ source }) => /^Message-ID: (.*)\r$/m.exec(source)?.[1])

const SERVERS = [
  ['says nothing when it is called', { CONNECT: SILENCE }, 'deferred', 'SMTP ETIMEDOUT'],
  ['greets with 421', { CONNECT: '421 4.3.2 too busy' }, 'deferred', 'SMTP 421'],
  ['hangs up when it is called', { CONNECT: HANG_UP }, 'deferred', 'SMTP ECONNECTION'],
  ['goes away half-way', { RCPT: '421 4.3.2 shutting down' }, 'deferred', 'SMTP 421'],
  ['falls silent half-way', { RCPT: SILENCE }, 'deferred', 'SMTP ETIMEDOUT'],
  ['knows the sender not yet', { RCPT: '451 4.7.1 greylisted' }, 'deferred', 'SMTP 451'],
  ['refuses the recipient', { RCPT: '550 5.7.1 not from you' }, 'refused', 'SMTP 550'],
  ['takes no message now', { END: '451 4.3.0 try again' }, 'deferred', 'SMTP 451'],
  ['refuses the content', { END: '554 5.6.0 no' }, 'refused', 'SMTP 554'],
  ['hangs up within the message', { BODY: HANG_UP }, 'deferred', 'SMTP ECONNECTION'],
  ['hangs up after the last line', { END: HANG_UP }, 'deferred', 'SMTP ECONNECTION'],
  ['says nothing after the last line', { END: SILENCE }, 'deferred', 'SMTP ETIMEDOUT'],
] as const satisfies readonly (readonly [string, Script, string, string])[]

test.each(SERVERS)('11.3: a server that %s', async (_, script: Script, kind, error) => {
  stub.follow(script)

  const patience = Object.values(script).includes(SILENCE) ? LITTLE_PATIENCE : PATIENCE
  const { results, messageId } = await send(stub.url, { tries: 2, patience })

  expect(results).toEqual([
    { kind, error },
    { kind, error },
  ])
  expect(stub.received).toEqual([])
  expect(idsOf(stub.offered)).toEqual(stub.offered.map(() => messageId))
})

test('11.2: a mail whose answer was lost is offered again under the same Message-ID', async () => {
  stub.follow({ END: HANG_UP })

  const { messageId } = await send(stub.url, { tries: 2 })

  expect(idsOf(stub.offered)).toEqual([messageId, messageId])
})

test('a server that is not there', async () => {
  await stub.goAway()

  expect((await send(stub.url)).results).toEqual([{ kind: 'deferred', error: 'SMTP ECONNREFUSED' }])
})

test.each([
  ['withdraws STARTTLS', { EHLO: '250-stub\r\n250 AUTH PLAIN LOGIN', STARTTLS: '502 not here' }, 'SMTP 502'],
  ['does not know EHLO', { EHLO: '500 what?' }, 'SMTP 500'],
  ['takes the offer back', { STARTTLS: '454 not now' }, 'SMTP 454'],
  ['hangs up instead of a handshake', { STARTTLS: HANG_UP }, 'SMTP ECONNECTION'],
  ['has a certificate of its own making', {}, 'SMTP DEPTH_ZERO_SELF_SIGNED_CERT'],
] as const)('11.5: nothing is said in the clear to a server that %s', async (_, script, error) => {
  stub.follow(script)

  const { results } = await send(`smtp://user:password@${ELSEWHERE}:${stub.port}`)

  expect(results).toEqual([{ kind: 'deferred', error }])
  expect(stub.heard.map((line) => line.split(' ')[0])).toEqual(
    stub.heard.length === 1 ? ['EHLO'] : ['EHLO', 'STARTTLS'],
  )
})

test('11.5: a server is waited for 10 s until it greets, and 20 s whenever it is silent', () => {
  expect(PATIENCE).toEqual({ connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 })
})
