import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * The client network that limits count: an IPv4 address, or the /64 of an IPv6 one, since a whole /64 is one
 * customer's to draw addresses from.
 */
export function networkKey(ip: string): string {
  if (isIPv4(ip)) return ip
  if (!ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()}/64`
}
