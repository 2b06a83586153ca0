import { parse, validate } from 'graphql'
import { EdgeRules } from '../router/edge/edge-rules.js'
import { authorize } from '../router/guard/authorize.js'
import { priceOf } from '../router/guard/cost.js'
import { checkDocumentLimits } from '../router/guard/document-limits.js'
import { createDocumentReader } from '../router/guard/documents.js'
import { createEdgeLimits } from '../router/guard/edge-limits.js'
import { analyseOperation } from '../router/guard/operation-facts.js'
import { parseBounded } from '../router/guard/parse-bounded.js'
import { createAccessTokenVerifier } from '../router/identity/access-token.js'
import { createKeySet } from '../router/identity/key-set.js'
import { PUBLIC_URL, signToken } from '../router/identity/test/tokens.js'
import type { SubgraphSource } from '../router/plan/compose.js'
import { loadSupergraph } from '../router/plan/supergraph.js'
import { jwksOf, type TestKey } from '../router/subgraphs/test/keys.js'
import { createAssertionSigner } from '../subgraphs/shared/identity/assertion.js'
import { someCaller, someViewer } from '../subgraphs/shared/test/requests.js'
import { cpuOf, type Row } from './bench.js'

const TIMES = 1500
const WARM_UP = 500

type Act = (turn: number) => unknown

/** CPU of each guard by itself, for one operation; what is done once for a document, and what for each request. */
export async function measureGuards(
  query: string,
  subgraphs: readonly SubgraphSource[],
  keys: { router: TestKey; tokens: TestKey },
): Promise<Row[]> {
  const guards = { ...guardsOfDocument(query, subgraphs), ...(await guardsOfCaller(keys)) }
  const rows: Row[] = []
  for (const [guard, act] of Object.entries(guards)) {
    for (let turn = 0; turn < WARM_UP; turn++) await act(turn)
    const cpu = await cpuOf(async () => {
      for (let turn = WARM_UP; turn < WARM_UP + TIMES; turn++) await act(turn)
    })
    rows.push({ guard, 'CPU µs': Math.round((cpu / TIMES) * 10) / 10 })
  }
  return rows
}

function guardsOfDocument(query: string, subgraphs: readonly SubgraphSource[]): Record<string, Act> {
  const edge = EdgeRules.parse({})
  const { schema, rules } = loadSupergraph(subgraphs)
  const document = parse(query, { noLocation: true })
  const read = createDocumentReader(schema, rules, () => edge.documents)
  const known = analyseOperation(document, undefined, schema, rules, edge.documents)
  if (known.kind === 'rejected') throw new Error(known.reason)
  const { facts } = known
  const viewer = someViewer()
  const limits = createEdgeLimits({ redis: null, rulesNow: () => edge })

  return {
    'once a document: parse': () => parseBounded(query, edge.documents),
    'once a document: limits': () => checkDocumentLimits(document, edge.documents),
    'once a document: limits, rules and cost of each field': () =>
      analyseOperation(document, undefined, schema, rules, edge.documents),
    'once a document: validate': () => validate(schema, document),
    'find what is known of a document': () => read(query, undefined),
    'price of its lists': () => priceOf(facts.cost, {}, edge.cost),
    authorize: () => authorize(facts, viewer),
    'limits of traffic': async (turn) => {
      const ip = `10.0.${(turn >> 8) & 255}.${turn & 255}`
      await limits.arrive(ip, '/graphql')
      await limits.run({ ip, user: `usr_${turn}`, client: 'web', cost: 3, credential: false })
    },
  }
}

async function guardsOfCaller(keys: { router: TestKey; tokens: TestKey }): Promise<Record<string, Act>> {
  const verify = createAccessTokenVerifier(
    createKeySet(async () => jwksOf(keys.tokens)),
    PUBLIC_URL,
  )
  const fresh = await Promise.all(
    Array.from({ length: WARM_UP + TIMES }, (_, index) =>
      signToken(keys.tokens.privateJwk, { claims: { jti: String(index) } }),
    ),
  )
  const sign = await createAssertionSigner('router', keys.router.privateJwk)
  const caller = someCaller({ viewer: someViewer() })
  return {
    'identity: a token the first time': (turn) => verify(fresh[turn] ?? ''),
    'identity: a token that is known': () => verify(fresh[0] ?? ''),
    'once a fetch: vouch for it': () => sign('users', caller),
  }
}
