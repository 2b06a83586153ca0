import { Agent } from 'undici'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { issuerOf } from '../../subgraphs/shared/identity/access-token-claims.js'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import type { CurrentRules } from '../edge/edge-rules.js'
import type { IssuerRules } from '../edge/identity-rules.js'
import type { VerifyAccessToken } from './access-token.js'
import { fetchKeys, MAX_KEYS_BYTES, withCoolDown } from './fetch-keys.js'
import { createIssuerVerifier } from './issuer-token.js'
import { createKeySet } from './key-set.js'
import { parseUnambiguous, textsOf } from './token-text.js'

/** How long keys of others are good without another look: one that is taken back there is gone here within it. */
const KEEP_MS = 60_000
const CONNECT_MS = 2000

type Options = {
  publicUrl: string
  /** Verifies the tokens of this graph itself. */
  own: VerifyAccessToken
  rulesNow: CurrentRules
  log: Logger
  now?: () => number
}

export type Issuers = { verify: VerifyAccessToken; stop(): Promise<void> }

type Verifiers = ReadonlyMap<string, { rules: IssuerRules; verify: VerifyAccessToken }>

/**
 * Verifies the tokens of this graph and of the further issuers of `router.yaml`.
 *
 * Who is said to have issued a token decides by whose rules and keys it is read, before anything is fetched: a token of
 * nobody we know costs no look anywhere, and an issuer that is away holds up its own tokens alone.
 */
export function createIssuers({ publicUrl, own, rulesNow, log, now }: Options): Issuers {
  const ownIssuer = issuerOf(publicUrl)
  const agent = new Agent({
    connections: 2,
    connectTimeout: CONNECT_MS,
    maxResponseSize: MAX_KEYS_BYTES,
  })
  let rules: readonly IssuerRules[] = []
  let further: Verifiers = new Map()

  const open = (each: IssuerRules): VerifyAccessToken => {
    const fetchOnce = () =>
      fetchKeys(each.jwksUri, agent).catch((err: unknown) => {
        log.warn({ event: 'issuer.no-keys', issuer: each.name, err })
        throw err
      })
    const lives = { keepMs: KEEP_MS, keepWithoutOwnerMs: each.keepKeysSeconds * 1000 }
    const fetchSeldom = withCoolDown(fetchOnce, { servesMs: lives.keepWithoutOwnerMs, now })
    return createIssuerVerifier(each, createKeySet(fetchSeldom, { lives, ...(now && { now }) }))
  }
  const current = (): Verifiers => {
    const { issuers } = rulesNow().identity
    if (issuers !== rules) further = reopen(further, issuers, open)
    rules = issuers
    return further
  }

  return {
    async verify(token) {
      const known = current()
      if (known.size === 0) return own(token)
      const issuer = issuerIn(token)
      // First: nobody can be given this graph's own name.
      if (issuer === ownIssuer) return own(token)
      const found = known.get(issuer)
      if (!found) throw new AppError('UNAUTHENTICATED')
      return found.verify(token)
    },
    stop: () => agent.close(),
  }
}

/** An issuer of which nothing has changed keeps its keys, and with them how often they were asked for. */
function reopen(
  before: Verifiers,
  issuers: readonly IssuerRules[],
  open: (rules: IssuerRules) => VerifyAccessToken,
): Verifiers {
  return new Map(
    issuers.map((rules) => {
      const old = before.get(rules.issuer)
      const isSame = old && JSON.stringify(old.rules) === JSON.stringify(rules)
      return [rules.issuer, isSame ? old : { rules, verify: open(rules) }]
    }),
  )
}

/** Whom a token says it is from. No more than that: it is for the verifier that is chosen by it to refuse it. */
function issuerIn(token: string): string {
  const texts = textsOf(token)
  const claims = texts && parseUnambiguous(texts.claims)
  const issuer = typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : null
  if (typeof issuer !== 'string') throw new AppError('UNAUTHENTICATED')
  return issuer
}
