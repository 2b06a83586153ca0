import { SettingsError } from '../shared/env/read-env.js'
import { readNotificationsEnv } from './env.js'

const source = {
  INTERNAL_JWKS: '{"keys":[]}',
  NOTIFICATIONS_DATABASE_URL: 'postgres://n:p@127.0.0.1/db',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  NOTIFICATIONS_PRIVATE_KEY: '{"kty":"OKP"}',
  NOTIFICATIONS_SEALING_KEY: '{"kty":"OKP"}',
  NOTIFICATIONS_KEY: 'k'.repeat(43),
}

const twilio = {
  SMS_PROVIDER: 'twilio',
  SMS_COUNTRIES: 'DE, AT',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'f'.repeat(32),
  TWILIO_FROM: '+12025550123',
}

const vonage = {
  SMS_PROVIDER: 'vonage',
  SMS_COUNTRIES: 'DE',
  VONAGE_API_KEY: 'abcd1234',
  VONAGE_API_SECRET: 'a secret',
  VONAGE_FROM: 'Usergraph',
}

const gateway = { SMS_PROVIDER: 'http', SMS_COUNTRIES: 'DE', SMS_HTTP_URL: 'https://sms.example.org/send' }

const read = (settings: Record<string, string>) => readNotificationsEnv({ ...source, ...settings })

test('8.8: SMS is off where nothing is set, and where the settings are empty', () => {
  expect(read({}).sms).toEqual({ provider: 'none' })
  expect(read({ SMS_PROVIDER: '', SMS_COUNTRIES: '', TWILIO_FROM: '' }).sms).toEqual({ provider: 'none' })
})

test('Twilio is reached at its own address unless told otherwise', () => {
  expect(read(twilio).sms).toEqual({
    provider: 'twilio',
    apiUrl: 'https://api.twilio.com',
    accountSid: twilio.TWILIO_ACCOUNT_SID,
    authToken: twilio.TWILIO_AUTH_TOKEN,
    from: twilio.TWILIO_FROM,
  })
  expect(read(twilio).SMS_COUNTRIES).toEqual(['DE', 'AT'])
})

test('Vonage too', () => {
  expect(read(vonage).sms).toEqual({
    provider: 'vonage',
    apiUrl: 'https://api.nexmo.com',
    apiKey: vonage.VONAGE_API_KEY,
    apiSecret: vonage.VONAGE_API_SECRET,
    from: vonage.VONAGE_FROM,
    signatureSecret: null,
  })
  const signed = read({ ...vonage, VONAGE_SIGNATURE_SECRET: 's'.repeat(32) })
  expect(signed.sms).toMatchObject({ signatureSecret: 's'.repeat(32) })
})

test('a gateway of one’s own needs an address alone', () => {
  expect(read(gateway).sms).toEqual({
    ...{ provider: 'http', url: gateway.SMS_HTTP_URL, format: 'json', authorization: null },
  })
  expect(read({ ...gateway, SMS_HTTP_FORMAT: 'form', SMS_HTTP_AUTHORIZATION: 'Bearer token' }).sms).toEqual({
    ...{ provider: 'http', url: gateway.SMS_HTTP_URL, format: 'form', authorization: 'Bearer token' },
  })
})

test.each([
  ['countries without a provider', { SMS_COUNTRIES: 'DE' }],
  ['a country that there is not', { ...twilio, SMS_COUNTRIES: 'DE,UK' }],
  ['a provider nobody knows', { SMS_PROVIDER: 'pigeon' }],
  ['the inbox in production', { SMS_PROVIDER: 'dev', NODE_ENV: 'production' }],
  ['no token', { ...twilio, TWILIO_AUTH_TOKEN: '' }],
  ['no account', { ...twilio, TWILIO_ACCOUNT_SID: '' }],
  ['no sender', { ...twilio, TWILIO_FROM: '' }],
  ['a sender that is none', { ...twilio, TWILIO_FROM: 'a name that is too long' }],
  ['an account that reaches elsewhere', { ...twilio, TWILIO_ACCOUNT_SID: 'AC../..' }],
  ['no secret', { ...vonage, VONAGE_API_SECRET: '' }],
  ['no gateway', { ...gateway, SMS_HTTP_URL: '' }],
  ['a gateway in the clear', { ...gateway, SMS_HTTP_URL: 'http://sms.example.org/send' }],
  ['credentials in the address', { ...gateway, SMS_HTTP_URL: 'https://me:secret@sms.example.org/send' }],
  ['a header that goes on', { ...gateway, SMS_HTTP_AUTHORIZATION: 'Bearer a\r\nx: y' }],
  ['credentials in the clear', { ...twilio, TWILIO_API_URL: 'http://api.example.org' }],
])('12.1, 12.2: does not start with %s', (_, settings) => {
  expect(() => read(settings)).toThrow(SettingsError)
})

test('the inbox takes texts in development', () => {
  expect(read({ SMS_PROVIDER: 'dev', SMS_COUNTRIES: 'DE' }).sms).toEqual({ provider: 'dev' })
})
