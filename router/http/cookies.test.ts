import { createCookies } from './cookies.js'

const expiresAt = '2027-01-02T03:04:05.000Z'

describe('5.1: where clients come by TLS', () => {
  const cookies = createCookies('https://id.acme.test')

  test('sets cookies that no other host, path, script or site can have', () => {
    expect(cookies.write([{ name: 'refreshToken', value: 'ugr_abc', expiresAt }])).toEqual([
      '__Host-usergraph-refresh=ugr_abc; Path=/; Expires=Sat, 02 Jan 2027 03:04:05 GMT; HttpOnly; Secure; SameSite=Strict',
    ])
  })

  test('reads the prefixed names alone', () => {
    const header = 'usergraph-refresh=planted; __Host-usergraph-device=mine; other=1'

    expect(cookies.read(header)).toEqual({ deviceToken: 'mine' })
  })
})

test.each(['http://localhost:4000', 'http://127.0.0.1:4000'])('goes without prefix and TLS on %s', (url) => {
  const cookies = createCookies(url)
  const [written] = cookies.write([{ name: 'deviceToken', value: 'd', expiresAt }])

  expect(written).toMatch(/^usergraph-device=d; /)
  expect(written).toMatch(/HttpOnly; SameSite=Strict$/)
  expect(cookies.read('usergraph-refresh=r')).toEqual({ refreshToken: 'r' })
})

test('keeps prefix and TLS for plain HTTP anywhere else', () => {
  const [written] = createCookies('http://id.acme.test').write([
    { name: 'deviceToken', value: 'd', expiresAt },
  ])

  expect(written).toMatch(/^__Host-usergraph-device=d; .*Secure/)
})

test('removes a cookie, and lets one without an end last as long as the browser', () => {
  const cookies = createCookies('https://id.acme.test')
  const [removed, lasting] = cookies.write([
    { name: 'refreshToken', value: null, expiresAt: null },
    { name: 'deviceToken', value: 'd', expiresAt: null },
  ])

  expect(removed).toContain('__Host-usergraph-refresh=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT')
  expect(lasting).not.toContain('Expires')
})

test('a request without cookies has none', () => {
  expect(createCookies('https://id.acme.test').read(undefined)).toEqual({})
})
