import { AppsEnv, AppsFile, appOf, originsOf, pagesOf } from './apps.js'

const SHOP = { name: 'shop', origins: ['https://shop.acme.test'], tokenDelivery: 'COOKIE' }

const faultsOf = (apps: unknown) =>
  AppsFile.safeParse(apps).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

test('the example of the documentation is read', () => {
  const env = AppsEnv.parse({ APPS_FILE: 'deploy/config/apps.example.json' })

  expect(originsOf(env)).toEqual(['https://shop.acme.test', 'https://kiosk.acme.test'])
  expect(pagesOf(env)).toEqual(['https://shop.acme.test/verify'])
  expect(appOf(env, 'https://kiosk.acme.test')).toMatchObject({ name: 'kiosk', tokenDelivery: 'BODY' })
  expect([appOf(env, 'https://elsewhere.test'), appOf(env, null)]).toEqual([null, null])
})

test.each([undefined, ''])('without a file there is no app', (APPS_FILE) => {
  expect(originsOf(AppsEnv.parse({ APPS_FILE }))).toEqual([])
})

test.each([
  ['a name that means others', [{ ...SHOP, name: 'web' }], '0.name: is taken'],
  ['the name of the command line', [{ ...SHOP, name: 'operator' }], '0.name: is taken'],
  ['a name twice', [SHOP, { ...SHOP, origins: ['https://a.test'] }], '1.name: is named twice'],
  ['an origin of two apps', [SHOP, { ...SHOP, name: 'a' }], '1.origins: is named twice'],
  ['an origin with a path', [{ ...SHOP, origins: ['https://a.test/x'] }], '0.origins.0: must be an origin'],
  ['every origin', [{ ...SHOP, origins: ['*'] }], '0.origins.0: must be an origin'],
  ['the origin of nobody', [{ ...SHOP, origins: ['null'] }], '0.origins.0: must be an origin'],
  ['no origin', [{ ...SHOP, origins: [] }], '0.origins: '],
  ['a page that is a script', [{ ...SHOP, pages: ['javascript:alert(1)'] }], '0.pages.0: '],
  ['a page with a fragment', [{ ...SHOP, pages: ['https://a.test/#x'] }], '0.pages.0: must have no fragment'],
  ['another delivery', [{ ...SHOP, tokenDelivery: 'QUERY' }], '0.tokenDelivery: '],
  ['what it does not know', [{ ...SHOP, secret: 'x' }], '0: '],
])('12.1: %s is refused at the start, by its place', (_, apps, fault) => {
  expect(faultsOf(apps)).toEqual([expect.stringContaining(fault)])
})
