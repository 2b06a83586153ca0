import { SettingsError } from '../shared/env/read-env.js'
import { readNotificationsEnv } from './env.js'

const source = {
  INTERNAL_JWKS: '{"keys":[]}',
  NOTIFICATIONS_DATABASE_URL: 'postgres://n:p@127.0.0.1/db',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  NOTIFICATIONS_PRIVATE_KEY: '{"kty":"OKP"}',
  NOTIFICATIONS_SEALING_KEY: '{"kty":"OKP"}',
}

const twilio = {
  SMS_PROVIDER: 'twilio',
  SMS_COUNTRIES: 'DE, AT',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'f'.repeat(32),
  TWILIO_FROM: '+12025550123',
}

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
  ['credentials in the clear', { ...twilio, TWILIO_API_URL: 'http://api.example.org' }],
])('12.1, 12.2: does not start with %s', (_, settings) => {
  expect(() => read(settings)).toThrow(SettingsError)
})

test('the inbox takes texts in development', () => {
  expect(read({ SMS_PROVIDER: 'dev', SMS_COUNTRIES: 'DE' }).sms).toEqual({ provider: 'dev' })
})
