import { networkKey } from './network-key.js'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
  ['::1', '::/64'],
  ['nonsense', 'unknown'],
  ['', 'unknown'],
  ['192.0.2.1:443', 'unknown'],
])('7.2: %s is counted as %s', (ip, key) => {
  expect(networkKey(ip)).toBe(key)
})

test('7.2: every address of one /64 is one network, and the next /64 another', () => {
  const of = (last: string) => networkKey(`2001:db8:1:2:${last}`)

  expect(of('ffff:ffff:ffff:ffff')).toBe(of(':1'))
  expect(networkKey('2001:db8:1:3::1')).not.toBe(of(':1'))
})

test('7.2: a zone, which a client may name freely, makes no other network', () => {
  expect(networkKey('fe80::1%eth0')).toBe(networkKey('fe80::1'))
})
