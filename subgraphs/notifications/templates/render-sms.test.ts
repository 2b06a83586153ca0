import { renderSms, smsLocaleFor } from './render-sms.js'
import { TEXTS_EN } from './texts/en.js'

const TOKEN = 'dGhpcyBpcyBhIHRva2VuIG9mIDI1NiByYW5kb20gYml0cw'

/** GSM 03.38 without its extension table. */
const GSM_7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/
const ONE_MESSAGE = 160
const PAGES: Record<string, string> = {
  'phone-changed': 'undo',
  'email-changed': 'undo',
  invitation: 'invite',
}

const fill = (name: string, variables: Record<string, unknown> = {}) =>
  renderSms(name, {
    product: 'Usergraph',
    locale: 'en',
    secret: PAGES[name] ? TOKEN : '123456',
    variables: { verificationUrl: `https://id.example.org/account/${PAGES[name]}`, ...variables },
  })

test.each(Object.keys(TEXTS_EN))('%s is of letters that every telephone knows', (name) => {
  expect(fill(name)).toMatch(GSM_7)
})

test.each(Object.keys(TEXTS_EN).filter((name) => !PAGES[name]))('%s is one message', (name) => {
  expect(fill(name).length).toBeLessThanOrEqual(ONE_MESSAGE)
})

test.each(Object.keys(TEXTS_EN))('9.3: %s holds nothing that a person chose', (name) => {
  expect(fill(name, { name: 'Win at evil.example', device: 'evil.example' })).toBe(fill(name))
})

test('a code comes first, a link whole', () => {
  expect(fill('otp')).toMatch(/^123456 /)
  for (const [name, page] of Object.entries(PAGES)) {
    expect(fill(name)).toContain(`https://id.example.org/account/${page}#token=${TOKEN}`)
  }
})

test.each([
  ['a code that is none', 'otp', { secret: 'https://evil.example' }],
  ['a page that is none', 'phone-changed', { secret: TOKEN, variables: { verificationUrl: 'javascript:x' } }],
  ['a text that there is not', 'constructor', { secret: null }],
])('%s is not sent', (_, name, changes) => {
  const filling = { product: 'Usergraph', locale: 'en', variables: {}, secret: null }

  expect(() => renderSms(name, { ...filling, ...changes })).toThrow()
})

test('speaks the closest language that it has', () => {
  expect(smsLocaleFor('otp', 'de-AT')).toBe('en')
  expect(smsLocaleFor('otp', 'constructor')).toBe('en')
})
