import { BlockList } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import ipaddr from 'ipaddr.js'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { clientsCutOff } from '../../subgraphs/shared/metrics/registry.js'
import type { CurrentRules, EdgeRules } from '../edge/edge-rules.js'
import type { Refusals } from '../guard/refusals.js'
import { clientIp } from './client-ip.js'
import { refuse } from './graphql-route.js'
import { STATUS } from './status-codes.js'

type Rules = EdgeRules['firewall']

/** What of a request is looked at. */
type Asked = { ip: string; path: string; headers: FastifyRequest['headers'] }

/** Refuses who is not to be let in, before anything else of the request is looked at. */
export function addFirewall(
  server: FastifyInstance,
  { rulesNow, refusals }: { rulesNow: CurrentRules; refusals: Pick<Refusals, 'note'> },
): void {
  const letsIn = makeFirewall(() => rulesNow().firewall)

  server.addHook('onRequest', async (request, reply) => {
    const asked = { ip: clientIp(request), path: pathOf(request.url), headers: request.headers }
    if (letsIn(asked)) return
    clientsCutOff.inc({ reason: 'firewall' })
    refusals.note({ code: 'FORBIDDEN', field: '', viewer: null, ip: asked.ip })
    return refuse(request, reply, new AppError('FORBIDDEN'), STATUS.FORBIDDEN)
  })
}

/** Lists of networks are made ready once for each change of the rules. */
export function makeFirewall(rulesNow: () => Rules): (asked: Asked) => boolean {
  let rules = rulesNow()
  let check = compile(rules)

  return (asked) => {
    if (rules !== rulesNow()) {
      rules = rulesNow()
      check = compile(rules)
    }
    return check(asked)
  }
}

function compile({ allow, deny, refuse }: Rules): (asked: Asked) => boolean {
  const isAllowed = allow.length === 0 ? () => true : listOf(allow)
  const isDenied = listOf(deny)
  const refusals = refuse.map(compileRefusal)

  return (asked) =>
    isAllowed(asked.ip) && !isDenied(asked.ip) && !refusals.some((isRefused) => isRefused(asked))
}

function compileRefusal({ path, header, contains, exceptFrom }: Rules['refuse'][number]) {
  const isExcepted = listOf(exceptFrom)
  const words = contains?.toLowerCase()

  return (asked: Asked): boolean => {
    if (path !== undefined && !asked.path.startsWith(path)) return false
    if (header !== undefined && !holds(asked.headers[header], words)) return false
    return !isExcepted(asked.ip)
  }
}

function holds(value: string | string[] | undefined, words: string | undefined): boolean {
  if (value === undefined) return false
  return words === undefined || String(value).toLowerCase().includes(words)
}

function listOf(networks: readonly string[]): (ip: string) => boolean {
  // To look into an empty list makes an object of the address each time.
  if (networks.length === 0) return () => false
  const list = new BlockList()
  for (const network of networks) addNetwork(list, network)
  return (ip) => list.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4')
}

function addNetwork(list: BlockList, network: string): void {
  const [address, bits] = ipaddr.isValidCIDR(network)
    ? ipaddr.parseCIDR(network)
    : [ipaddr.parse(network), null]
  const kind = address.kind()
  if (bits === null) list.addAddress(address.toString(), kind)
  else list.addSubnet(address.toString(), bits, kind)
}

/** What stands before the question mark, with escapes read, so that `/%61ccount` is `/account`. */
export function pathOf(url: string): string {
  const path = url.split('?')[0] ?? ''
  try {
    return decodeURIComponent(path)
  } catch {
    return path // no path at all, and no route
  }
}
