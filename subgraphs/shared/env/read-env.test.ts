import * as z from 'zod'
import { jwk, jwks, originList, port, queueSettings, secretBytes } from './fragments.js'
import { readEnv, SettingsError, withDatabaseUrls } from './read-env.js'

const KEY = Buffer.alloc(32, 1).toString('base64url')
const Shape = z.object({
  KEY: secretBytes,
  OWN_JWK: jwk,
  ALL_JWKS: jwks,
  PORT: port,
  PAGE: z.url(),
  ORIGINS: originList,
  LEVEL: z.enum(['info', 'error']),
})
const GOOD = {
  KEY,
  OWN_JWK: '{"kty":"OKP"}',
  ALL_JWKS: '{"keys":[]}',
  PORT: '4000',
  PAGE: 'https://id.acme.test/',
  ORIGINS: 'https://a.test, https://b.test',
  LEVEL: 'info',
}
const WRONG = {
  KEY: 'wrong-key',
  OWN_JWK: '{"wrong":"jwk-value"}',
  ALL_JWKS: 'wrong-jwks',
  PORT: '99999',
  PAGE: 'wrong-page',
  ORIGINS: 'https://wrong.test/path',
  LEVEL: 'wrong-level',
}

const refusalOf = (source: Record<string, string | undefined>): SettingsError => {
  try {
    readEnv(Shape, source)
  } catch (error) {
    if (error instanceof SettingsError) return error
  }
  throw new Error('these settings were taken')
}

test('good settings are read', () => {
  expect(readEnv(Shape, GOOD)).toMatchObject({
    KEY: new Uint8Array(32).fill(1),
    PORT: 4000,
    ORIGINS: ['https://a.test', 'https://b.test'],
  })
})

test('12.1: every fault is told at once, by name and without its value', () => {
  const { message, faults } = refusalOf(WRONG)

  for (const [name, value] of Object.entries(WRONG)) {
    expect(faults.some((fault) => fault.startsWith(name))).toBe(true)
    expect(message).not.toContain(value)
  }
  expect(message).not.toMatch(/wrong-|jwk-value|99999|wrong\.test/)
})

test('12.1: everything that is missing is told at once', () => {
  const { message } = refusalOf({})

  for (const name of ['KEY', 'OWN_JWK', 'ALL_JWKS', 'PORT', 'PAGE', 'LEVEL']) expect(message).toContain(name)
})

test.each([
  ['short', Buffer.alloc(31, 1).toString('base64url')],
  ['a placeholder', `change-me-${KEY}`],
  ['an example', `example${KEY}`],
  ['no base64url', '+'.repeat(64)],
  ['empty', ''],
])('12.1: a key that is %s stops the start', (_, key) => {
  expect(refusalOf({ ...GOOD, KEY: key }).message).toContain('KEY')
})

describe('URLs of databases', () => {
  const OWNER = {
    DATABASE_URL: 'postgres://owner:pw@db.test:5432/acme?sslmode=require',
    DATABASE_ROLE_KEY: 'key',
  }

  test('3.4: each part gets a role and a password of its own in the owner’s database', () => {
    const source = withDatabaseUrls(OWNER)
    const parts = ['USERS', 'AUTH', 'PASSWORDS', 'OTP', 'NOTIFICATIONS', 'QUEUE']
    const urls = parts.map((part) => new URL(source[`${part}_DATABASE_URL`] ?? ''))

    expect(urls.map(({ username }) => username)).toEqual(parts.map((part) => `acme_${part.toLowerCase()}`))
    expect(new Set(urls.map(({ password }) => password)).size).toBe(parts.length)
    for (const { host, pathname, search, password } of urls) {
      expect([host, pathname, search]).toEqual(['db.test:5432', '/acme', '?sslmode=require'])
      expect(password).not.toBe('pw')
    }
  })

  test('another role key gives other passwords, the same key the same', () => {
    const of = (key: string) => withDatabaseUrls({ ...OWNER, DATABASE_ROLE_KEY: key })['USERS_DATABASE_URL']

    expect(of('one')).toBe(of('one'))
    expect(of('one')).not.toBe(of('two'))
  })

  test('one that is set is kept', () => {
    const source = withDatabaseUrls({ ...OWNER, USERS_DATABASE_URL: 'postgres://mine/x' })

    expect(source['USERS_DATABASE_URL']).toBe('postgres://mine/x')
  })

  test('nothing is derived without the owner or the key', () => {
    expect(withDatabaseUrls({ DATABASE_URL: OWNER.DATABASE_URL })).not.toHaveProperty('USERS_DATABASE_URL')
    expect(withDatabaseUrls({ DATABASE_ROLE_KEY: 'key' })).not.toHaveProperty('USERS_DATABASE_URL')
  })
})

test('queues are on Redis where there is one, else on PostgreSQL, and somewhere they must be', () => {
  const [redis, database] = ['redis://r.test', 'postgres://p.test/x']

  expect(queueSettings({ REDIS_URL: redis, QUEUE_DATABASE_URL: database })).toEqual({
    kind: 'redis',
    url: redis,
  })
  expect(queueSettings({ QUEUE_DATABASE_URL: database })).toEqual({ kind: 'postgres', url: database })
  expect(() => queueSettings({})).toThrow('REDIS_URL or QUEUE_DATABASE_URL')
})
