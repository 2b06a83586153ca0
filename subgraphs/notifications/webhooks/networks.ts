import ipaddr from 'ipaddr.js'

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

export type MayReach = (address: string) => boolean

/** All that is routed on the internet today; the rest of IPv6 is local, or stands for an IPv4 address. */
const GLOBAL_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]

/** Whether an address is one of a network such as `10.1.0.0/16`; throws where the text names none. */
export const readNetwork = (text: string): Network => ipaddr.parseCIDR(text)

/**
 * Which addresses a webhook may go to: public ones, and those of networks that the operator names. Everything else is
 * what this machine reaches and a stranger does not: itself, its neighbours, a cloud's metadata.
 */
export const mayReach =
  (allowed: readonly Network[]): MayReach =>
  (text) => {
    if (!ipaddr.isValid(text)) return false
    // An IPv4 address in IPv6's clothes is judged as what it is.
    const address = ipaddr.process(text)
    const isListed = allowed.some(([net, bits]) => net.kind() === address.kind() && address.match(net, bits))
    return isListed || isPublic(address)
  }

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(GLOBAL_IPV6) // its kind says so
}
