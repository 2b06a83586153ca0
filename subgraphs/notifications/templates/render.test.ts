import { CATALOGUE } from './catalogue.js'
import { localeFor, render } from './render.js'

const TOKEN = 'dGhpcyBpcyBhIHRva2VuIG9mIDI1NiByYW5kb20gYml0cw'
const LINK = `https://id.example.org/account/verify#token=${TOKEN}`

const HOSTILE_NAMES = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'Ada\r\nBcc: victim@evil.example',
  '\u202Emoc.live//:sptth\u202C',
  'Win at https://evil.example/prize',
  'www.evil.example',
]

const SECRETS: Record<string, string> = {
  ...{
    welcome: TOKEN,
    'email-verification': TOKEN,
    'email-change': TOKEN,
    'email-changed': TOKEN,
    'phone-changed': TOKEN,
  },
  invitation: TOKEN,
  'password-reset': TOKEN,
  otp: '123456',
}

const fill = (template: string, name: string | null = 'Ada', device = 'Firefox on Linux') =>
  render(template, {
    product: 'Usergraph',
    locale: 'en',
    secret: SECRETS[template] ?? null,
    variables: {
      name,
      device,
      ip: '198.51.100.7',
      sessions: '2',
      how: 'RESET',
      at: '2026-11-24T03:16:40.000Z',
      change: 'TOTP_ENROLLED',
      timeZone: 'Europe/Vienna',
      verificationUrl: 'https://id.example.org/account/verify',
    },
  })

const TEMPLATES = Object.keys(CATALOGUE)

describe.each(TEMPLATES)('%s', (template) => {
  test('greets by name in text and HTML, and loads nothing', () => {
    const { text, html } = fill(template)

    expect(text).toContain('Hello Ada,')
    expect(html).toContain('Hello Ada,')
    expect(html).not.toMatch(/<(img|link|script|iframe|object)\b|@import|url\(/i)
  })

  test('greets someone without a name', () => {
    expect(fill(template, null).text).toContain('Hello,\n')
    expect(fill(template, '\u202E').text).toContain('Hello,\n')
  })

  test.each(HOSTILE_NAMES)('takes nothing from the name %j but letters', (name) => {
    const { subject, text, html } = fill(template, name, name)
    const plain = fill(template)

    expect(subject).toBe(plain.subject)
    for (const part of [text.replaceAll(LINK, ''), html.replaceAll(LINK, '')]) {
      expect(part).not.toMatch(/<script|<img|onerror=alert\(1\)>|Bcc:|\u202E|:\/\/|evil\.example|www\.e/i)
    }
    expect(html.match(/<[a-z][^>]*>/gi)).toEqual(plain.html.match(/<[a-z][^>]*>/gi))
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
    /IP address: 198\.51\.100\.7\nTime: November 24, 2026 at 04:16 AM GMT\+1/,
  )
})

test.each([
  ['true', '0', /not seen before/, /had failed/],
  ['true', '4', /not seen before[\s\S]*4 tries to sign in had failed/, /Somebody/],
  ['false', '3', /Somebody signed in[\s\S]*3 tries to sign in had failed/, /not seen before/],
])('7.5: tells of a new device (%s) and of failures before (%s)', (isNewDevice, failures, says, saysNot) => {
  const at = '2026-11-24T03:16:40.000Z'
  const variables = { name: null, device: 'Firefox', ip: '198.51.100.7', at, isNewDevice, failures }
  const { text } = render('login-alert', { product: 'Usergraph', locale: 'en', secret: null, variables })

  expect(text).toMatch(says)
  expect(text).not.toMatch(saysNot)
})

test.each([
  ['de-AT', 'en'],
  ['en-GB', 'en'],
  ['en', 'en'],
  ['__proto__', 'en'],
  ['', 'en'],
])('answers %j with a language it has', (wanted, locale) => {
  expect(localeFor('welcome', wanted)).toBe(locale)
})

test('knows no other template', () => {
  expect(() => localeFor('constructor', 'en')).toThrow('no template')
})
