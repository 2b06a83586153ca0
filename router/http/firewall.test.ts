import { EdgeRules } from '../edge/edge-rules.js'
import { makeFirewall } from './firewall.js'

const firewall = (rules: object) => makeFirewall(() => EdgeRules.parse({ firewall: rules }).firewall)
const from = (ip: string, path = '/graphql', headers = {}) => ({ ip, path, headers })

test('without rules everybody is let in', () => {
  const letsIn = firewall({})

  expect(letsIn(from('203.0.113.7'))).toBe(true)
  expect(letsIn(from('2001:db8::7'))).toBe(true)
})

test.each([
  ['203.0.113.7', false],
  ['203.0.113.255', false],
  ['203.0.114.0', true],
  ['2001:db8:ffff::1', false],
  ['2001:db9::', true],
  ['198.51.100.9', false],
  ['198.51.100.8', true],
  ['::', true],
])('networks and addresses of either kind are refused: %s is let in: %p', (ip, expected) => {
  const letsIn = firewall({ deny: ['203.0.113.0/24', '2001:db8::/32', '198.51.100.9'] })

  expect(letsIn(from(ip))).toBe(expected)
})

test('where anything is listed only that is let in, and what is denied is not even then', () => {
  const letsIn = firewall({ allow: ['10.0.0.0/8'], deny: ['10.9.0.0/16'] })

  expect([letsIn(from('10.1.2.3')), letsIn(from('10.9.2.3')), letsIn(from('203.0.113.7'))]).toEqual([
    true,
    false,
    false,
  ])
})

test('a refusal applies where all that it says does, except for whom it names', () => {
  const letsIn = firewall({
    refuse: [
      { path: '/.well-known', exceptFrom: ['10.0.0.0/8'] },
      { header: 'user-agent', contains: 'SQLmap' },
      { path: '/graphql', header: 'x-forwarded-host' },
    ],
  })

  expect(letsIn(from('203.0.113.7', '/.well-known/jwks.json'))).toBe(false)
  expect(letsIn(from('10.0.0.1', '/.well-known/jwks.json'))).toBe(true)
  expect(letsIn(from('10.0.0.1', '/graphql', { 'user-agent': 'sqlmap/1.8' }))).toBe(false)
  expect(letsIn(from('10.0.0.1', '/graphql', { 'user-agent': 'curl' }))).toBe(true)
  expect(letsIn(from('10.0.0.1', '/graphql', { 'x-forwarded-host': 'evil.test' }))).toBe(false)
  expect(letsIn(from('10.0.0.1', '/account/verify', { 'x-forwarded-host': 'evil.test' }))).toBe(true)
})

test('other rules are in force from one request to the next', () => {
  let rules = EdgeRules.parse({}).firewall
  const letsIn = makeFirewall(() => rules)
  const before = letsIn(from('203.0.113.7'))

  rules = EdgeRules.parse({ firewall: { deny: ['203.0.113.7'] } }).firewall

  expect([before, letsIn(from('203.0.113.7'))]).toEqual([true, false])
})
