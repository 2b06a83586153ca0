import { isIPv4 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'

type Asked = Pick<FastifyRequest, 'ip' | 'socket'>

/** Every stop of a request asks for it; it is worked out for the first. */
const known = new WeakMap<Asked, string>()

/**
 * The client's address in one form: an IPv4 one in IPv6's clothes is the same client. What a proxy wrote that is no
 * address is not believed; then the proxy is the client.
 */
export function clientIp(request: Asked): string {
  const ip = known.get(request) ?? read(request)
  known.set(request, ip)
  return ip
}

function read({ ip, socket }: Asked): string {
  if (isIPv4(ip)) return ip // there is one way alone to write it
  const address = ipaddr.isValid(ip) ? ip : (socket.remoteAddress ?? '')
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : '0.0.0.0'
}
