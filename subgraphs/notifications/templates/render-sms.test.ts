import { EXAMPLES } from './examples.js'
import { LOCALES } from './locales.js'
import { renderSms } from './render-sms.js'

const fill = (name: 'otp' | 'phone-changed', locale: string) =>
  renderSms(name, { product: 'Usergraph', locale, ...EXAMPLES[name][0] })

test.each(LOCALES)('%s: a code comes first, a link whole', (locale) => {
  const { variables, secret } = EXAMPLES['phone-changed'][0]

  expect(fill('otp', locale)).toMatch(/^482913 /)
  expect(fill('phone-changed', locale)).toContain(`${variables['verificationUrl']}#token=${secret}`)
})

test.each([
  ['a code that is none', 'otp', { secret: 'https://evil.example' }],
  [
    'a page that is none',
    'phone-changed',
    { secret: 'token', variables: { verificationUrl: 'javascript:x' } },
  ],
  ['a message that is never a text', 'welcome', { secret: null }],
  ['a text that there is not', 'constructor', { secret: null }],
])('%s is not sent', (_, name, changes) => {
  const filling = { product: 'Usergraph', locale: 'en', variables: {}, secret: null }

  expect(() => renderSms(name, { ...filling, ...changes })).toThrow()
})
