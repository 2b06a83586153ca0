import { mayReach, readNetwork } from './networks.js'

test.each([
  ['this machine', '127.0.0.1'],
  ['this machine in IPv6', '::1'],
  ['this machine, IPv4 in IPv6', '::ffff:127.0.0.1'],
  ['this machine, IPv4 in IPv6 in hex', '::ffff:7f00:1'],
  ['this machine by the old mapping', '::127.0.0.1'],
  ['no address', '0.0.0.0'],
  ['no address in IPv6', '::'],
  ['a private network', '10.0.0.1'],
  ['a private network', '172.16.0.1'],
  ['a private network', '192.168.1.1'],
  ['a private network, IPv4 in IPv6', '::ffff:192.168.1.1'],
  ['metadata of a cloud', '169.254.169.254'],
  ['metadata of a cloud, IPv4 in IPv6', '::ffff:a9fe:a9fe'],
  ['a network of a provider', '100.64.0.1'],
  ['everybody', '255.255.255.255'],
  ['a group', '224.0.0.1'],
  ['a group in IPv6', 'ff02::1'],
  ['a neighbour', 'fe80::1'],
  ['a neighbour by an interface', 'fe80::1%eth0'],
  ['a private network in IPv6', 'fd00::1'],
  ['a site', 'fec0::1'],
  ['an IPv4 network behind a translator', '64:ff9b::10.0.0.1'],
  ['an IPv4 network behind a local translator', '64:ff9b:1::1'],
  ['a tunnel to an IPv4 network', '2002:7f00:1::'],
  ['a tunnel', '2001::1'],
  ['an example', '2001:db8::1'],
  ['the inside of a network of segments', '5f00::1'],
  ['what is routed to nobody', '4000::1'],
  ['a name', 'localhost'],
  ['nothing', ''],
])('12.2: webhooks do not go to %s: %s', (_, address) => {
  expect(mayReach([])(address)).toBe(false)
})

test.each(['1.1.1.1', '93.184.216.34', '::ffff:1.1.1.1', '2606:4700::1111', '2a00:1450:4001:800::200e'])(
  'webhooks go to %s',
  (address) => {
    expect(mayReach([])(address)).toBe(true)
  },
)

test('a network that the operator names is reached, and its neighbours are not', () => {
  const reach = mayReach(['10.1.0.0/16', 'fd00:1::/32'].map(readNetwork))

  expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd00:1::5'].map(reach)).toEqual([true, true, true])
  expect(['10.2.0.1', '127.0.0.1', 'fd00:2::5'].map(reach)).toEqual([false, false, false])
})
