import { createCountryOf } from './country.js'

const countryOf = createCountryOf()

test.each([
  ['8.8.8.8', 'United States'],
  ['193.99.144.80', 'Germany'],
  ['::ffff:193.99.144.80', 'Germany'],
])('%s is in %s', (ip, country) => {
  expect(countryOf(ip)).toBe(country)
})

test.each([
  null,
  '127.0.0.1',
  '10.1.2.3',
  '198.51.100.7',
  '255.255.255.255',
  '::1',
  '2001:4860:4860::8888',
  '999.1.1.1',
  'unknown',
  '',
])('%p is nowhere that is known', (ip) => {
  expect(countryOf(ip)).toBeNull()
})
