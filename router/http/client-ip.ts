import type { FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'

/**
 * The client's address in one form: an IPv4 one in IPv6's clothes is the same client. What a proxy wrote that is no
 * address is not believed; then the proxy is the client.
 */
export function clientIp({ ip, socket }: Pick<FastifyRequest, 'ip' | 'socket'>): string {
  const address = ipaddr.isValid(ip) ? ip : (socket.remoteAddress ?? '')
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : '0.0.0.0'
}
