import { createHash, createVerify, generateKeyPairSync } from 'node:crypto'
import { newId } from '../../shared/ids/type-id.js'
import { type SmtpStub, startSmtpStub } from '../../shared/test/smtp-stub.js'
import { createSmtpSender } from './smtp.js'

// What a receiver does (RFC 6376), written by its letter and not by the library that signs.

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const dkim = {
  ...{ selector: '2026-a', domain: 'acme.test' },
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}

let stub: SmtpStub

beforeAll(async () => {
  stub = await startSmtpStub()
})
afterAll(() => stub.stop())

async function receive(): Promise<string> {
  const sender = createSmtpSender({
    ...{ url: stub.url, from: { name: 'Acme', address: 'no-reply@mail.acme.test' }, dkim },
    messageUuid: (id) => id.slice(4),
  })
  const mail = { subject: 'Bestätigen  Sie', text: 'Guten Tag  \r\n\r\n.\r\n\r\n', html: '<p>Grüße</p>' }
  const unsubscribeUrl = 'https://id.acme.test/hooks/unsubscribe?token=t'
  await sender.send({ id: newId('ntf'), recipient: 'ada@example.org', ...mail, unsubscribeUrl })
  sender.stop()
  return stub.received.at(-1)?.source ?? ''
}

type Field = { name: string; value: string }

function partsOf(source: string): { fields: Field[]; body: string } {
  const end = source.indexOf('\r\n\r\n')
  const fields = source
    .slice(0, end)
    .split(/\r\n(?![ \t])/)
    .map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 1) }))
  return { fields, body: source.slice(end + 4) }
}

const tagsOf = (value: string): Record<string, string> =>
  Object.fromEntries(
    value
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).trim()]),
  )

/** Section 3.4.2. */
const relaxedField = ({ name, value }: Field): string =>
  `${name.toLowerCase().trim()}:${value
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`

/** Section 3.4.4. */
const relaxedBody = (body: string): string =>
  body
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(\r\n)*$/, '\r\n')

function verdictOn(source: string): { domain: string; selector: string; signed: string[]; holds: boolean } {
  const { fields, body } = partsOf(source)
  const signature = fields.find(({ name }) => name === 'DKIM-Signature') ?? { name: '', value: '' }
  const { d: domain = '', s: selector = '', h = '', bh, b = '' } = tagsOf(signature.value)
  const signed = h.split(':').map((name) => name.trim().toLowerCase())
  const lines = signed.map((name) => {
    const field = fields.findLast((one) => one.name.toLowerCase() === name)
    return field ? `${relaxedField(field)}\r\n` : ''
  })
  const itself = relaxedField({ ...signature, value: signature.value.replace(/(\bb=)[^;]*$/, '$1') })
  const isIntact = createHash('sha256').update(relaxedBody(body)).digest('base64') === bh
  const isSigned = createVerify('sha256')
    .update(lines.join('') + itself)
    .verify(publicKey, b.replace(/\s/g, ''), 'base64')
  return { domain, selector, signed, holds: isIntact && isSigned }
}

test('a receiver sees by the public key that a mail is ours, and what of it', async () => {
  const { domain, selector, signed, holds } = verdictOn(await receive())

  expect({ domain, selector, holds }).toEqual({ domain: 'acme.test', selector: '2026-a', holds: true })
  expect(signed).toEqual(
    expect.arrayContaining(['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type']),
  )
  // A press in a mail program counts only where both are signed (RFC 8058, section 4).
  expect(signed).toEqual(expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post']))
})

test.each([
  ['the subject', /^Subject: /m, 'Subject: Not '],
  ['the sender', /^From: Acme/m, 'From: Eve'],
  ['the body', /Guten/, 'Schlechten'],
])('and that %s is not', async (_, words, others) => {
  const source = await receive()

  expect(source).toMatch(words)
  expect(verdictOn(source.replace(words, others)).holds).toBe(false)
})
