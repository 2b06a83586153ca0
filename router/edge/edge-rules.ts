import ipaddr from 'ipaddr.js'
import * as z from 'zod'
import { connections } from './connection-rules.js'
import { cors } from './cors-rules.js'
import { identity } from './identity-rules.js'

const figure = (value: number, what: string, max = 1_000_000) =>
  z.int().min(1).max(max).default(value).describe(what)

const network = z
  .string()
  .refine(isNetwork, 'must be an address or a network, like 203.0.113.7 or 2001:db8::/32')
  .describe('An IP address, or a network in CIDR form')

const networks = (what: string) => z.array(network).max(10_000).default([]).describe(what)

const documents = z
  .strictObject({
    characters: figure(15_000, 'Length of the document'),
    tokens: figure(1_000, 'Tokens of the document'),
    depth: figure(8, 'Levels of fields; introspection, where it is on, may go deeper'),
    aliases: figure(15, 'Fields under another name'),
    rootFields: figure(10, 'Fields at the top, after fragments are expanded'),
    directives: figure(20, 'Directives'),
    fragments: figure(20, 'Fragments that are defined'),
    selections: figure(500, 'Fields and spreads, after fragments are expanded'),
  })
  .prefault({})
  .describe('What one document may hold; a larger one is refused before it is validated (SECURITY 2.3)')

const authorization = z
  .enum(['reject', 'filter'])
  .default('reject')
  .describe(
    'What becomes of a query with a field that its caller may not ask: refused, or run without it. A mutation is always refused',
  )

const safelist = z
  .enum(['off', 'log', 'enforce'])
  .default('off')
  .describe(
    'Operations that are in none of `PERSISTED_OPERATIONS`: run, run and named in the log, or refused',
  )

const cost = z
  .strictObject({
    max: figure(
      1_000,
      'Of one operation: an object costs 1, a mutation 10, a list as often as it is long; `@cost` and `@listSize` say otherwise',
    ),
    rootPage: figure(20, 'Length of a list at the top whose length nothing says'),
    nestedPage: figure(10, 'Length of a list below'),
    listItems: figure(100, 'The most that a list may be asked for'),
  })
  .prefault({})
  .describe('What one operation may cost, before it is planned (SECURITY 2.3)')

const firewall = z
  .strictObject({
    allow: networks('Where anything is listed, only these are let in'),
    deny: networks('These are refused, also where `allow` lists them'),
    refuse: z
      .array(
        z
          .strictObject({
            path: z.string().startsWith('/').optional().describe('Paths that begin like this'),
            header: z
              .string()
              .regex(/^[a-z0-9-]{1,64}$/, 'must be the name of a header, in lower case')
              .optional()
              .describe('Requests that have this header'),
            contains: z.string().min(1).max(200).optional().describe('… with this text in it, in any case'),
            exceptFrom: networks('Who is let in all the same'),
          })
          .refine(
            ({ path, header }) => path !== undefined || header !== undefined,
            'needs a path or a header',
          )
          .refine(({ header, contains }) => contains === undefined || header !== undefined, {
            path: ['contains'],
            message: 'needs a header that it is looked for in',
          }),
      )
      .max(200)
      .default([])
      .describe('Requests to which all that is said of them applies are refused'),
  })
  .prefault({})
  .describe('Who is let in at all; the address is that of `TRUSTED_PROXY_HOPS`')

const limit = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be a lower-case name'),
    by: z
      .enum(['everyone', 'network', 'user', 'client'])
      .describe(
        'Whose count it is; `network` is an IPv4 address or the /64 of an IPv6 one, `client` a machine or an app',
      ),
    path: z
      .string()
      .startsWith('/')
      .optional()
      .describe('Requests to paths that begin like this, and no others; counted beside all that have none'),
    of: z
      .enum(['requests', 'cost'])
      .default('requests')
      .describe('What is counted: requests, also those that are refused later, or what operations cost'),
    max: z.int().min(1).max(1_000_000_000).describe('In one window'),
    window: z
      .string()
      .regex(/^[1-9]\d{0,5}[smhd]$/, 'must be like 30s, 10m, 1h or 7d')
      .transform(secondsOf)
      .describe('Like 30s, 10m, 1h or 7d'),
    burst: z
      .int()
      .min(0)
      .max(1_000_000_000)
      .default(0)
      .describe('To spare above `max`, which comes back ten times slower'),
    counted: z
      .enum(['together', 'here'])
      .default('together')
      .describe('By all routers together, in Redis, at the price of a trip to it; or by each for itself'),
    withoutStore: z
      .enum(['quarter', 'refuse', 'allow'])
      .default('quarter')
      .describe(
        'While Redis is away: each router allows a quarter, or nothing, or everything but fields that take a secret',
      ),
  })
  // Before a document is read nobody knows whether it takes a secret.
  .refine(
    ({ by, of, withoutStore }) =>
      withoutStore !== 'allow' || of === 'cost' || ['user', 'client'].includes(by),
    {
      path: ['withoutStore'],
      message: 'requests of a network or of everyone are never let in uncounted',
    },
  )
  // Who asks, and what it costs, is known of operations alone, and those have one path.
  .refine(
    ({ by, of, path }) => path === undefined || (of === 'requests' && !['user', 'client'].includes(by)),
    {
      path: ['path'],
      message: 'is for requests of a network or of everyone',
    },
  )

/** A laptop's worth for an address, and far above what a person does; of callbacks as many as some hundred messages a minute bring. */
const LIMITS: z.input<typeof limit>[] = [
  { name: 'network', by: 'network', max: 3000, window: '1m', burst: 3000, counted: 'here' },
  { name: 'hooks', by: 'network', path: '/hooks/', max: 1200, window: '1m', burst: 1200, counted: 'here' },
  { name: 'user', by: 'user', max: 1200, window: '1m', counted: 'here' },
  { name: 'user-cost', by: 'user', of: 'cost', max: 100_000, window: '1m', counted: 'here' },
]

const limits = z
  .array(limit)
  .max(50)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'has two of one name')
  .prefault(LIMITS)
  .describe(
    'Traffic in all, beside what `@rateLimit` says of single fields. An operation takes from all at once',
  )

/** What `router.yaml` says. Every part may be left out, and then is as it stands here. */
export const EdgeRules = z
  .strictObject({ documents, authorization, safelist, cost, firewall, limits, connections, cors, identity })
  .describe(
    'Rules of the router that no field of the schema can say. They are read again when the file changes.',
  )

export type EdgeRules = z.output<typeof EdgeRules>

/** The rules in force now. Whoever needs several of them for one request asks once. */
export type CurrentRules = () => EdgeRules

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 }

function secondsOf(window: string): number {
  return Number(window.slice(0, -1)) * (SECONDS[window.slice(-1)] ?? Number.NaN)
}

/** An IPv4 address has four parts: `10.1` and `010.0.0.1` are read in ways that nobody means. */
function isNetwork(text: string): boolean {
  const [address = ''] = text.split('/')
  const isWhole = address.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(address)
  return isWhole && (ipaddr.isValid(text) || ipaddr.isValidCIDR(text))
}
