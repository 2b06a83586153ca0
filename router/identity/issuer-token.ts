import { createHash } from 'node:crypto'
import { jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import * as z from 'zod'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { CLOCK_SKEW_SECONDS } from '../../subgraphs/shared/identity/access-token-claims.js'
import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import { ID_PREFIXES } from '../../subgraphs/shared/ids/type-id.js'
import type { IssuerRules } from '../edge/identity-rules.js'
import { refuseToken, type VerifiedToken, type VerifyAccessToken } from './access-token.js'
import type { KeySet } from './key-set.js'
import { parseUnambiguous, textsOf } from './token-text.js'

const CACHED_TOKENS = 10_000

/** What is known of a header that changes nothing. Any other might: jku, jwk, x5u, x5c, crit, b64, zip (RFC 8725). */
const Header = z.strictObject({
  alg: z.string(),
  // RFC 7515, section 4.1.9: the long form means the same, in any case.
  typ: z.string().transform((typ) => typ.toLowerCase().replace(/^application\//, '')),
  kid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  x5t: z.string().optional(),
  'x5t#S256': z.string().optional(),
})

const Claims = z.looseObject({ iat: z.number(), exp: z.number() })
type Claims = z.output<typeof Claims>

const Subject = z.string().min(1).max(512)

/** Scopes and roles come as a text with spaces (RFC 9068) or as a list. What is neither gives nothing. */
const Names = z
  .union([z.string().transform((names) => names.split(' ')), z.array(z.unknown())])
  .transform((names) => names.flatMap((name) => (typeof name === 'string' ? [name] : [])))
  .catch([])

type Known = VerifiedToken & { kid: string; expiresAt: number }

/** Verifies the tokens of one further issuer, by its own keys and its own rules; what holds for another says nothing here. */
export function createIssuerVerifier(rules: IssuerRules, keySet: KeySet): VerifyAccessToken {
  const known = new LRUCache<string, Known>({ max: CACHED_TOKENS })
  const options = {
    algorithms: rules.algorithms,
    issuer: rules.issuer,
    audience: rules.audiences,
    clockTolerance: CLOCK_SKEW_SECONDS,
    maxTokenAge: rules.maxAgeSeconds,
    requiredClaims: ['exp', 'iat'],
  }

  return async (token) => {
    const digest = createHash('sha256').update(token).digest('base64')
    const cached = known.get(digest)
    const kid = cached?.kid ?? keyIdOf(token, rules)
    const keys = await keySet.keys(kid)
    if (cached && Date.now() < cached.expiresAt && keys.has(kid)) return cached

    const { payload } = await jwtVerify(token, keys.verify, options).catch(refuseToken)
    const claims = Claims.safeParse(payload).data
    if (!claims) throw new AppError('UNAUTHENTICATED')

    const verified = { viewer: viewerOf(claims, rules), accessVersion: null }
    const endsAt = Math.min(claims.exp, claims.iat + rules.maxAgeSeconds) + CLOCK_SKEW_SECONDS
    known.set(digest, { ...verified, kid, expiresAt: endsAt * 1000 })
    return verified
  }
}

/** Refuses before any key is looked for what this issuer does not sign. */
function keyIdOf(token: string, { algorithms, types }: IssuerRules): string {
  const texts = textsOf(token)
  const { data } = Header.safeParse(texts && parseUnambiguous(texts.header))
  const isWell =
    texts &&
    data &&
    algorithms.some((algorithm) => algorithm === data.alg) &&
    types.some((type) => type.toLowerCase() === data.typ) &&
    parseUnambiguous(texts.claims) !== null
  if (!isWell) throw new AppError('UNAUTHENTICATED')
  return data.kid
}

/**
 * A caller with scopes and no account (issuers.md). The id is made here, out of who says so and whom they mean: whatever
 * stands in the claims, it is no id of ours and no other issuer's.
 */
function viewerOf(claims: Claims, { name, issuer, subject, scopes, roles }: IssuerRules): Viewer {
  const { data: meant } = Subject.safeParse(ownValue(claims, subject))
  if (!meant) throw new AppError('UNAUTHENTICATED')

  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, meant]))
    .digest('base64url')
  const id = `${ID_PREFIXES.externalSubject}_${name}_${digest}`
  const allowed = Names.parse(ownValue(claims, scopes.claim)).filter((scope) => scopes.allow.includes(scope))
  const given = Names.parse(ownValue(claims, roles.claim)).flatMap((role) => ownValue(roles.give, role) ?? [])
  return {
    userId: id,
    sessionId: id,
    clientId: id,
    scopes: [...new Set([...allowed, ...given])],
    // How somebody signed in elsewhere is no proof here.
    methods: [],
    authenticatedAt: 0,
    assurance: 'none',
    stepUp: null,
  }
}

/** Own keys alone: a role named `constructor` gives nothing. */
const ownValue = <Value>(of: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined
