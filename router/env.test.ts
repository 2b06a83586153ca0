import { settingsListedIn } from '../subgraphs/shared/test/settings-table.js'
import { RouterSettings, readRouterEnv, urlSetting } from './env.js'

const KEYS = { INTERNAL_JWKS: '{"keys":[]}', ROUTER_PRIVATE_KEY: '{"kty":"OKP"}' }
const PRODUCTION = { ...KEYS, NODE_ENV: 'production', PUBLIC_URL: 'https://id.acme.test' }

test('a laptop needs no settings but keys: loopback, no proxies, explorer on, its own origin', () => {
  expect(readRouterEnv(KEYS)).toMatchObject({
    ...{ PORT: 4000, HOST: '127.0.0.1', MANAGEMENT_PORT: 4001, MANAGEMENT_HOST: '127.0.0.1' },
    ...{ TRUSTED_PROXY_HOPS: 0, EXPLORER: true, INTROSPECTION: true },
    ALLOWED_ORIGINS: ['http://localhost:4000'],
  })
})

test('production has no explorer and no introspection', () => {
  expect(readRouterEnv(PRODUCTION)).toMatchObject({ EXPLORER: false, INTROSPECTION: false })
})

test('production refuses plain HTTP and an open explorer, all at once', () => {
  const open = { ...PRODUCTION, PUBLIC_URL: 'http://id.acme.test', EXPLORER: 'on', INTROSPECTION: 'on' }

  expect(() => readRouterEnv(open)).toThrow(/PUBLIC_URL[\s\S]*EXPLORER[\s\S]*INTROSPECTION/)
})

test('our own origin is always among those listed', () => {
  const { ALLOWED_ORIGINS } = readRouterEnv({ ...PRODUCTION, ALLOWED_ORIGINS: 'https://app.acme.test' })

  expect(ALLOWED_ORIGINS).toEqual(['https://id.acme.test', 'https://app.acme.test'])
})

test('origins of registered apps are listed too', () => {
  const { ALLOWED_ORIGINS } = readRouterEnv({ ...KEYS, APPS_FILE: 'deploy/config/apps.example.json' })

  expect(ALLOWED_ORIGINS).toContain('https://shop.acme.test')
})

test.each(['*', 'https://app.acme.test/', 'https://app.acme.test/path', 'null'])(
  '%s is no origin',
  (origin) => {
    expect(() => readRouterEnv({ ...KEYS, ALLOWED_ORIGINS: origin })).toThrow()
  },
)

test('a setting says where a subgraph is, else the file does', () => {
  const env = readRouterEnv({ ...KEYS, AUTH_URL: 'http://10.0.0.2:4102' })

  expect(urlSetting(env, 'auth')).toBe('http://10.0.0.2:4102')
  expect(urlSetting(env, 'users')).toBeNull()
  expect(urlSetting(env, 'orders')).toBeNull()
})

test('TLS takes both files, and an address that says so', () => {
  const both = { TLS_CERT_FILE: 'cert.pem', TLS_KEY_FILE: 'key.pem' }
  const PUBLIC_URL = 'https://id.acme.test'

  expect(readRouterEnv({ ...KEYS, ...both, PUBLIC_URL }).TLS).toEqual({
    ...{ certFile: 'cert.pem', keyFile: 'key.pem', minVersion: 'TLSv1.2' },
  })
  expect(readRouterEnv(KEYS).TLS).toBeUndefined()
  expect(() => readRouterEnv({ ...KEYS, ...both })).toThrow(/PUBLIC_URL/)
  expect(() => readRouterEnv({ ...KEYS, PUBLIC_URL, TLS_CERT_FILE: 'c' })).toThrow(/TLS_KEY_FILE/)
  expect(() => readRouterEnv({ ...KEYS, PUBLIC_URL, TLS_KEY_FILE: 'k' })).toThrow(/TLS_CERT_FILE/)
  expect(() => readRouterEnv({ ...KEYS, TLS_MIN_VERSION: 'TLSv1.1' })).toThrow(/TLS_MIN_VERSION/)
})

test('the README lists every setting and no other', () => {
  const listed = settingsListedIn(new URL('./README.md', import.meta.url))

  expect(listed).toEqual(new Set(Object.keys(RouterSettings.shape)))
})
