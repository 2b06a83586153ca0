import { readOperatorWords } from './operator-words.js'
import { render } from './render.js'
import { renderSms } from './render-sms.js'
import { serviceTemplates } from './service-templates.js'
import { isLinkTo } from './service-variables.js'

const ORIGIN = 'https://id.example.org'
const templates = serviceTemplates({
  product: 'Usergraph',
  isLink: isLinkTo([ORIGIN]),
  findByName: async () => [],
  readStored: readOperatorWords,
})

async function read(given: unknown, channel: 'EMAIL' | 'SMS' = 'EMAIL') {
  const template = await templates.find({ name: 'custom', channel, locale: null })
  const result = template?.read(given)
  if (result?.kind !== 'refused') return result?.variables
  return result.problems.map(({ code, field = [] }) => [code, ...field].join(' '))
}

const said = { title: 'Your order', text: 'It comes on 24/12/2026.' }

test('reads a title, words, and a button if there is one', async () => {
  const button = { label: 'Look', link: `${ORIGIN}/orders/1?a=b#c` }

  expect(await read(said)).toEqual({ ...said, label: null, link: null })
  expect(await read({ ...said, ...button })).toEqual({ ...said, ...button })
  expect(await read({ text: 'It comes.' }, 'SMS')).toEqual({ text: 'It comes.' })
})

test.each<[unknown, string[]]>([
  [{}, ['MISSING_VARIABLE text', 'MISSING_VARIABLE title']],
  [null, ['INVALID']],
  [[], ['INVALID']],
  ['x', ['INVALID']],
  [{ ...said, other: 1 }, ['INVALID other']],
  [{ ...said, name: 'Eve' }, ['INVALID name']],
  [{ ...said, title: { a: 1 } }, ['INVALID title']],
  [{ ...said, title: true }, ['INVALID title']],
  [{ ...said, title: ' \u200B' }, ['INVALID title']],
  [{ ...said, title: 'x'.repeat(121) }, ['TOO_LONG title']],
  [{ ...said, text: 'x'.repeat(50_000) }, ['TOO_LONG text']],
  [{ ...said, label: 'Look' }, ['MISSING_VARIABLE link']],
  [{ ...said, link: ORIGIN }, ['MISSING_VARIABLE label']],
  ...[
    'https://evil.example/',
    'https://id.example.org.evil.example/',
    'https://id.example.org@evil.example/',
    'https://a:b@id.example.org/',
    'http://id.example.org/',
    'javascript:alert(1)',
    'https://id.example.org/\u202Egpj',
    'id.example.org',
  ].map((link): [unknown, string[]] => [
    { ...said, label: 'Look', link },
    ['INVALID link', 'MISSING_VARIABLE link'],
  ]),
])('refuses %j', async (given, problems) => {
  expect(await read(given)).toEqual(problems)
})

test('a text that would be billed more than three times is too long', async () => {
  expect(await read({ text: 'x'.repeat(440) }, 'SMS')).toMatchObject({ text: expect.any(String) })
  expect(await read({ text: 'x'.repeat(460) }, 'SMS')).toEqual(['TOO_LONG text'])
  expect(await read({ text: '\u6587'.repeat(200) }, 'SMS')).toEqual(['TOO_LONG text'])
})

test.each(['welcome', 'password-reset', 'otp', 'constructor', ''])(
  'is not sent by services: %s',
  async (name) => {
    expect(await templates.find({ name, channel: 'EMAIL', locale: 'en' })).toBeNull()
  },
)

test.each([
  ['de-AT', 'de'],
  ['nl', 'en'],
  [null, 'en'],
])('in the language nearest to %s', async (locale, found) => {
  expect(await templates.find({ name: 'custom', channel: 'EMAIL', locale })).toMatchObject({ locale: found })
})

test('9.3: what a service fills in stays words, whoever wrote it', async () => {
  const hostile = '<script>x</script> [Go](https://evil.example) {link}\r\nBcc: a@evil.example\n\n# Big'
  const variables = await read({ title: hostile, text: hostile, label: '<b>Go', link: `${ORIGIN}/"><b>` })
  const filling = {
    product: 'Usergraph',
    locale: 'en',
    secret: null,
    variables: { ...variables, name: null },
  }

  const { subject, text, html } = render('custom', filling)
  const sms = renderSms('custom', filling)

  expect(subject).toBe('A message for you')
  for (const part of [text, html, sms]) expect(part).not.toMatch(/<script|evil\.example|Bcc:|<b>/)
  expect(html.match(/<a /g)).toHaveLength(2)
})
