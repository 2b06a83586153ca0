import * as z from 'zod'

/** Signatures that whoever checks them could not have made. */
const ALGORITHMS = [
  ...(['EdDSA', 'ES256', 'ES384', 'ES512'] as const),
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
]

const SAFE_URL = /^(https:\/\/[^@\s]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/[^\s]*)?)$/

const safeUrl = (what: string) =>
  z.url().regex(SAFE_URL, 'must be https, or http on this machine').max(512).describe(what)

const claim = (name: string, what: string) => z.string().min(1).max(128).default(name).describe(what)

const scope = z.string().regex(/^[!#-[\]-~]{1,128}$/, 'must be a scope, without spaces')

const seconds = (value: number, max: number, what: string) =>
  z.int().min(1).max(max).default(value).describe(what)

const issuer = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be a lower-case name')
    .describe('Names it in the ids of its subjects and in the log'),
  issuer: safeUrl('What its tokens say in `iss`, letter by letter'),
  jwksUri: safeUrl('Where its public keys are; asked there alone, whatever a token says'),
  audiences: z
    .array(z.string().min(1).max(512))
    .min(1)
    .max(10)
    .describe('What its tokens must say in `aud`, one of these. One that no other service accepts'),
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).describe('How it signs. Nothing else is taken from it'),
  types: z
    .array(z.enum(['at+jwt', 'JWT']))
    .min(1)
    .default(['at+jwt'])
    .describe(
      'What its tokens say in `typ`. `JWT` where it does not keep to RFC 9068; its ID tokens say that too',
    ),
  subject: claim('sub', 'The claim that tells its subjects apart, and never means another one later'),
  scopes: z
    .strictObject({
      claim: claim('scope', 'The claim with scopes: a text with spaces, or a list'),
      allow: z.array(scope).max(100).default([]).describe('Which of them count here; no other does'),
    })
    .prefault({}),
  roles: z
    .strictObject({
      claim: claim('roles', 'The claim with roles, groups or the like: a text with spaces, or a list'),
      give: z
        .record(z.string().min(1).max(256), z.array(scope).max(100))
        .default({})
        .describe('Which scopes one of them gives here; one that is not listed gives nothing'),
    })
    .prefault({}),
  maxAgeSeconds: seconds(
    3_600,
    86_400,
    'Older tokens are refused, whenever they expire: nothing here can end one',
  ),
  keepKeysSeconds: seconds(300, 3_600, 'How long its keys serve while they cannot be fetched again'),
})

const areDistinct = <Item>(all: readonly Item[], key: (item: Item) => string): boolean =>
  new Set(all.map(key)).size === all.length

export const identity = z
  .strictObject({
    issuers: z
      .array(issuer)
      .max(20)
      .refine((all) => areDistinct(all, (each) => each.name), 'has two of one name')
      .refine((all) => areDistinct(all, (each) => each.issuer), 'has one issuer twice')
      .default([]),
  })
  .prefault({})
  .describe(
    'Who else may say who asks, besides this graph: as a caller with scopes, and never as one of its users (router/identity/issuers.md)',
  )

export type IssuerRules = z.output<typeof issuer>
