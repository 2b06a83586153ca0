import { type MailName, TEMPLATES } from './catalogue.js'
import { EXAMPLES } from './examples.js'
import { LOCALES } from './locales.js'
import { render } from './render.js'

const HOSTILE_NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'Ada\r\nBcc: victim@evil.example',
  '\u202Emoc.live//:sptth\u202C',
  'Win at https://evil.example/prize',
  'www.evil.example',
  "{link} '{' {count, plural, other {#}}",
  '[Go](https://evil.example)\n\n# Big\n\n= 000000\n\n> small',
  '\u{1F600}'.repeat(64),
  'W'.repeat(10_000),
]

const TEMPLATES_BY_NAME = Object.keys(TEMPLATES) as MailName[] // the keys of a constant

function fill(template: MailName, changes: Record<string, string | null> = {}, locale = 'en') {
  const { variables, secret } = EXAMPLES[template][0]
  return render(template, { product: 'Usergraph', locale, secret, variables: { ...variables, ...changes } })
}

/** Without where its buttons lead, and without names that look like addresses and are none: XML's, which Outlook wants. */
const withoutOurAddresses = (part: string): string =>
  part.replaceAll(/https:\/\/id\.example\.org\/[\w/#=-]+/g, '').replaceAll(/ xmlns(:[vo])?="[^"]*"/g, '')

const [{ secret: TOKEN, variables: LINKED }] = EXAMPLES.welcome
const LINK = `${LINKED['verificationUrl']}#token=${TOKEN}`

test.each(LOCALES)(
  '11.2: in %s what may be refused says so at its foot, in text and HTML; nothing else does',
  (locale) => {
    const { variables, secret } = EXAMPLES['profile-changed'][0]
    const unsubscribePage = 'https://id.example.org/account/unsubscribe#token=abc'
    const filling = { product: 'Usergraph', locale, variables, secret }

    const { text, html } = render('profile-changed', { ...filling, unsubscribePage })

    expect(text.trimEnd().split('\n').at(-1)).toBe(unsubscribePage)
    expect(html).toContain(`href="${unsubscribePage}"`)
    expect(render('profile-changed', filling).text).not.toContain('unsubscribe')
  },
)

test('no line ends within the word E-Mail, which is written as everywhere', () => {
  const { html } = fill('custom', { text: 'Your E-Mail, e-mails' })

  const whole = (word: string) => `<span style="white-space:nowrap">${word}</span>`
  expect(html).toContain(`Your ${whole('E-Mail')}, ${whole('e-mail')}s`)
})

describe.each(TEMPLATES_BY_NAME)('%s', (template) => {
  test('11.5: greets by name in text and HTML, and loads nothing', () => {
    const { text, html } = fill(template)

    expect(text).toContain('Hello Ada Lovelace,')
    expect(html).toContain('Hello Ada Lovelace,')
    expect(html).not.toMatch(/<(img|link|script|iframe|object|base)\b|@import|url\(|\b(src|background)=/i)
    expect(withoutOurAddresses(html)).not.toMatch(/https?:|:\/\//i)
  })

  test('greets someone without a name', () => {
    expect(fill(template, { name: null }).text).toContain('Hello,\n')
    expect(fill(template, { name: '\u202E' }).text).toContain('Hello,\n')
  })

  test.each(HOSTILE_NAMES)('9.3: takes nothing from the name %j but letters, in any language', (name) => {
    for (const locale of LOCALES) {
      const { subject, text, html } = fill(template, { name, device: name }, locale)
      const plain = fill(template, {}, locale)

      expect(subject).toBe(plain.subject)
      expect(text.split('\n')).toHaveLength(plain.text.split('\n').length)
      expect(text.length).toBeLessThan(plain.text.length + 300)
      for (const part of [text, html]) {
        expect(withoutOurAddresses(part)).not.toMatch(
          /<script|<img|onerror=alert\(1\)>|Bcc:|\u202E|:\/\/|evil\.example|www\.e/i,
        )
      }
      expect(html.match(/<[a-z][^>]*>/gi)).toEqual(plain.html.match(/<[a-z][^>]*>/gi))
    }
  })
})

test('puts the token behind the hash of the page that was asked for', () => {
  expect(fill('welcome').text).toContain(`\n${LINK}\n`)
  expect(fill('welcome').html).toContain(`href="${LINK}"`)
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'not an address'])(
  'links to no %s',
  (verificationUrl) => {
    const variables = { name: null, verificationUrl }

    expect(() =>
      render('welcome', { product: 'Usergraph', locale: 'en', secret: TOKEN, variables }),
    ).toThrow()
  },
)

test('tells a sign-in in the time of its reader', () => {
  expect(fill('login-alert').text).toMatch(
    /Device: Firefox, Linux\nIP address: 198\.51\.100\.7\nTime: November 24, 2026 at 04:16 AM GMT\+1/,
  )
})

test.each([
  ['true', '0', /not seen before/, /had failed/],
  ['true', '4', /not seen before[\s\S]*4 attempts to sign in had failed/, /Somebody/],
  ['false', '3', /Somebody signed in[\s\S]*3 attempts to sign in had failed/, /not seen before/],
])('7.5: tells of a new device (%s) and of failures before (%s)', (isNewDevice, failures, says, saysNot) => {
  const at = '2026-11-24T03:16:40.000Z'
  const variables = { name: null, device: 'Firefox', ip: '198.51.100.7', at, isNewDevice, failures }
  const { text } = render('login-alert', { product: 'Usergraph', locale: 'en', secret: null, variables })

  expect(text).toMatch(says)
  expect(text).not.toMatch(saysNot)
})

test('knows no other template', () => {
  expect(() =>
    render('constructor', { product: 'Usergraph', locale: 'en', variables: {}, secret: null }),
  ).toThrow('no template')
})
