import { newId } from '../../shared/ids/type-id.js'
import { type SmtpStub, startSmtpStub } from '../../shared/test/smtp-stub.js'
import { createSmtpSender, type SmtpSender } from './smtp.js'

let stub: SmtpStub
let sender: SmtpSender

const from = { name: 'Usergraph', address: 'no-reply@usergraph.test' }
const open = (url: string) => createSmtpSender({ url, from, messageUuid: (id) => id.slice(4) })
const mailTo = (recipient: string) => ({
  id: newId('ntf'),
  recipient,
  subject: 's',
  text: 't',
  html: '<p>h</p>',
})

beforeAll(async () => {
  stub = await startSmtpStub()
  sender = open(stub.url)
})
afterAll(async () => {
  sender.stop()
  await stub.stop()
})

test.each([
  'ada@example.org, eve@evil.example',
  'ada@example.org\r\nBcc: eve@evil.example',
  'Ada <ada@example.org>',
  '"ada@example.org eve"@evil.example',
  'ada@example.org@evil.example',
  'ada',
])('sends nothing to %j', async (recipient) => {
  expect(await sender.send(mailTo(recipient))).toEqual({ kind: 'refused', error: 'INVALID_RECIPIENT' })
  expect(stub.received).toEqual([])
})

test('sends text and HTML under the id of the message, the same at every try', async () => {
  const mail = mailTo('ada@example.org')
  await sender.send(mail)
  await sender.send(mail)

  const ids = stub.received.map(({ source }) => /^Message-ID: (.*)\r$/m.exec(source)?.[1])
  expect(ids).toEqual([`<${mail.id.slice(4)}@usergraph.test>`, `<${mail.id.slice(4)}@usergraph.test>`])
  expect(stub.received[0]?.source).toMatch(/multipart\/alternative[\s\S]*text\/plain[\s\S]*text\/html/)
})

test('11.2: what may be refused says how a mail program does that, in one line; nothing else does', async () => {
  const url = `https://id.example.org/hooks/unsubscribe?token=${'a'.repeat(100)}`
  stub.received.length = 0
  await sender.send({ ...mailTo('ada@example.org'), unsubscribeUrl: url })
  await sender.send(mailTo('ada@example.org'))

  const [refusable, other] = stub.received.map(({ source }) => source)
  expect(refusable).toContain(`\r\nList-Unsubscribe: <${url}>\r\n`)
  expect(refusable).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n')
  expect(other).not.toMatch(/unsubscribe/i)
})

test('defers while the server is away', async () => {
  const away = await startSmtpStub()
  await away.stop()
  const unreachable = open(away.url)

  expect(await unreachable.send(mailTo('ada@example.org'))).toMatchObject({ kind: 'deferred' })
  unreachable.stop()
})
