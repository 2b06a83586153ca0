import { readFileSync } from 'node:fs'
import { SettingsError } from '../shared/env/read-env.js'
import { NotificationsEnv, readNotificationsEnv } from './env.js'

const source = {
  INTERNAL_JWKS: '{"keys":[]}',
  NOTIFICATIONS_DATABASE_URL: 'postgres://n:p@127.0.0.1/db',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  NOTIFICATIONS_PRIVATE_KEY: '{"kty":"OKP"}',
  NOTIFICATIONS_SEALING_KEY: '{"kty":"OKP"}',
  NOTIFICATIONS_KEY: 'k'.repeat(43),
}

test('the table of the README names every setting', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  const named = new Set([...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name))

  expect(named).toEqual(new Set(Object.keys(NotificationsEnv.shape)))
})

test('reads the sender as a name and an address', () => {
  expect(readNotificationsEnv(source).MAIL_FROM).toEqual({
    name: 'Usergraph',
    address: 'no-reply@usergraph.test',
  })
})

const whsec = (bytes: number) => `whsec_${Buffer.alloc(bytes, 1).toString('base64')}`

test('reads secrets of callbacks as Standard Webhooks writes them, several for a while', () => {
  expect(readNotificationsEnv(source).MAIL_HOOK_SECRETS).toEqual([])
  expect(
    readNotificationsEnv({ ...source, MAIL_HOOK_SECRETS: `${whsec(32)}, ${whsec(40)}` }).MAIL_HOOK_SECRETS,
  ).toEqual([new Uint8Array(32).fill(1), new Uint8Array(40).fill(1)])
})

test.each([
  ['MAIL_HOOK_SECRETS', whsec(31)],
  ['MAIL_HOOK_SECRETS', Buffer.alloc(32, 1).toString('base64')],
  ['NOTIFICATIONS_KEY', 'short'],
  ['MAIL_FROM', 'Usergraph <a@b.test>\r\nBcc: x@y.test'],
  ['MAIL_FROM', 'a@b.test, c@d.test'],
  ['MAIL_FROM', 'Usergraph <a@b.test, c@d.test>'],
  ['PRODUCT_NAME', 'A\nB'],
  ['DKIM_SELECTOR', 'k1'],
  ['SMTP_URL', 'https://mail.example.org'],
  ['SMTP_URL', 'smtp:'],
])('does not start with %s %j', (name, value) => {
  expect(() => readNotificationsEnv({ ...source, [name]: value })).toThrow(SettingsError)
})
