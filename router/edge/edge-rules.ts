import ipaddr from 'ipaddr.js'
import * as z from 'zod'

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

const connections = z
  .strictObject({
    total: figure(5_000, 'Open connections in all'),
    perNetwork: figure(
      200,
      'Open connections of one address, or /64 of IPv6. Not counted behind proxies, whose connections are everybody’s',
    ),
  })
  .prefault({})
  .describe('More are answered 503 and closed (SECURITY 2.9)')

/** What `router.yaml` says. Every part may be left out, and then is as it stands here. */
export const EdgeRules = z
  .strictObject({ documents, cost, firewall, connections })
  .describe(
    'Rules of the router that no field of the schema can say. They are read again when the file changes.',
  )

export type EdgeRules = z.output<typeof EdgeRules>

/** The rules in force now. Whoever needs several of them for one request asks once. */
export type CurrentRules = () => EdgeRules

function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text)
}
