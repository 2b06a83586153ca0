import { readSmtpUrl } from './smtp-settings.js'

test.each([
  ['smtp://localhost:1025', 'plain'],
  ['smtp://127.0.0.1:1025', 'plain'],
  ['smtp://[::1]:1025', 'plain'],
  ['smtp://mail.example.org', 'starttls'],
  ['smtp://10.0.0.1', 'starttls'],
  ['smtp://127.0.0.1.example.org', 'starttls'],
  ['smtp://mail.example.org?ignoreTLS=true&tls.rejectUnauthorized=false', 'starttls'],
  ['smtps://localhost', 'tls'],
])('%s is spoken to in %s', (url, security) => {
  expect(readSmtpUrl(url).security).toBe(security)
})

test('reads port and credentials', () => {
  expect(readSmtpUrl('smtps://us%40er:p%3Aw@mail.example.org')).toEqual({
    host: 'mail.example.org',
    port: 465,
    security: 'tls',
    auth: { user: 'us@er', pass: 'p:w' },
  })
})
