import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'
import type { Viewer } from '../identity/viewer.js'
import { createLogger } from '../log/logger.js'
import { someCaller, someViewer } from '../test/requests.js'
import { enforceRules } from './enforce-rules.js'
import { createExecutor } from './executor.js'
import { PRELUDE } from './prelude.js'
import { requestContext } from './request-context.js'

const SDL = `${PRELUDE}
  type Query {
    open: Int
    mine: Int @authenticated
    both: Int @requiresScopes(scopes: [["a", "b"]])
    either: Int @requiresScopes(scopes: [["a"], ["b"]])
    user: User
    vault: Vault
    proved: Int @assurance
    provedTwice: Int @authenticated @assurance(level: 2, maxAge: 60)
    box: Box
  }
  interface Thing { lid: Int @assurance }
  type Box implements Thing { lid: Int }
  type User @key(fields: "id") {
    id: ID!
    secret: Int @policy(policies: [["self"], ["users:read"]])
    broken: Int @policy(policies: [["self"], ["users:read"]])
    strict: Int @policy(policies: [["self", "users:read"]])
    human: Int @policy(policies: [["person"]])
  }
  type Vault @requiresScopes(scopes: [["a"]]) { gold: Int @requiresScopes(scopes: [["b"]]) silver: Int }`

const ADA = someViewer({ userId: 'usr_ada' })
const BOB = someViewer({ userId: 'usr_bob' })
const withScopes = (viewer: Viewer, ...scopes: string[]) => ({ ...viewer, scopes })

/** Asks for Ada or for what has no owner, and tells which resolvers ran. */
async function ask(query: string, viewer: Viewer | null) {
  const ran: string[] = []
  const one = (name: string) => () => {
    ran.push(name)
    return 1
  }
  const schema = buildSubgraphSchema({
    typeDefs: parse(SDL),
    resolvers: {
      Query: {
        open: one('open'),
        mine: one('mine'),
        both: one('both'),
        either: one('either'),
        proved: one('proved'),
        provedTwice: one('provedTwice'),
        user: () => ({ id: 'usr_ada' }),
        vault: () => ({}),
        box: () => ({}),
      },
      Box: { lid: one('lid') },
      User: {
        secret: one('secret'),
        broken() {
          ran.push('broken')
          throw new Error('the row is odd')
        },
        strict: one('strict'),
        human: one('human'),
      },
      Vault: { gold: one('gold'), silver: one('silver') },
    },
  })
  enforceRules(schema)
  const execute = createExecutor(schema, createLogger({ level: 'silent' }))
  const { data, errors } = await execute({ query }, requestContext({ caller: someCaller({ viewer }) }))
  return { data, codes: errors?.map(({ extensions }) => extensions['code']) ?? [], ran }
}

test('a field without a rule is anybody’s', async () => {
  expect(await ask('{ open }', null)).toEqual({ data: { open: 1 }, codes: [], ran: ['open'] })
})

test('2.6: @authenticated asks for a viewer before the resolver runs', async () => {
  expect(await ask('{ mine }', null)).toEqual({ data: { mine: null }, codes: ['UNAUTHENTICATED'], ran: [] })
  expect(await ask('{ mine }', ADA)).toEqual({ data: { mine: 1 }, codes: [], ran: ['mine'] })
})

test('5.5: @assurance asks for a fresh proof before the resolver runs', async () => {
  const now = Math.floor(Date.now() / 1000)
  const proved = { ...ADA, authenticatedAt: now - 290 }
  const strongly = { ...ADA, authenticatedAt: now, assurance: 'aal2' }
  const refused = (code: string) => ({ codes: [code], ran: [] })

  expect(await ask('{ proved }', null)).toMatchObject(refused('UNAUTHENTICATED'))
  expect(await ask('{ proved }', ADA)).toMatchObject(refused('STEP_UP_REQUIRED'))
  expect(await ask('{ proved }', proved)).toMatchObject({ codes: [], ran: ['proved'] })
  expect(await ask('{ provedTwice }', proved)).toMatchObject(refused('STEP_UP_REQUIRED'))
  expect(await ask('{ provedTwice }', strongly)).toMatchObject({ codes: [], ran: ['provedTwice'] })
})

test('2.6: a rule of an interface holds for the types behind it', async () => {
  const proved = { ...ADA, authenticatedAt: Math.floor(Date.now() / 1000) }

  expect(await ask('{ box { lid } }', ADA)).toMatchObject({ codes: ['STEP_UP_REQUIRED'], ran: [] })
  expect(await ask('{ box { lid } }', proved)).toMatchObject({ codes: [], ran: ['lid'] })
})

test.each([
  ['both', null, 'UNAUTHENTICATED'],
  ['both', ADA, 'FORBIDDEN'],
  ['both', withScopes(ADA, 'a'), 'FORBIDDEN'],
  ['both', withScopes(ADA, 'a', 'b'), null],
  ['either', withScopes(ADA, 'b'), null],
  ['either', withScopes(ADA, 'A', 'ab'), 'FORBIDDEN'],
])('2.6: scopes of %s, held by %j: %s', async (field, viewer, code) => {
  const { codes, ran } = await ask(`{ ${field} }`, viewer)

  expect(codes).toEqual(code ? [code] : [])
  expect(ran).toEqual(code ? [] : [field])
})

test.each([
  ['oneself', ADA, 1],
  ['a holder of the scope', withScopes(BOB, 'users:read'), 1],
  ['someone else', BOB, null],
  ['a holder of another scope', withScopes(BOB, 'users:write'), null],
  ['someone whose scope is named self', withScopes(BOB, 'self'), null],
  ['nobody', null, null],
])('2.7: what is one’s own, seen by %s', async (_, viewer, secret) => {
  const { data, codes, ran } = await ask('{ user { id secret } }', viewer)

  expect(data).toEqual({ user: { id: 'usr_ada', secret } })
  expect(codes).toEqual([])
  expect(ran).toEqual(secret ? ['secret'] : [])
})

test('1.3: a row that would fail tells others nothing, not even by failing', async () => {
  expect(await ask('{ user { broken } }', BOB)).toEqual({
    data: { user: { broken: null } },
    codes: [],
    ran: [],
  })
  expect((await ask('{ user { broken } }', ADA)).codes).toEqual(['INTERNAL_SERVER_ERROR'])
})

test('2.7: policies in one list must all hold', async () => {
  const seen = async (viewer: Viewer) => (await ask('{ user { strict } }', viewer)).data

  expect(await seen(ADA)).toEqual({ user: { strict: null } })
  expect(await seen(withScopes(BOB, 'users:read'))).toEqual({ user: { strict: null } })
  expect(await seen(withScopes(ADA, 'users:read'))).toEqual({ user: { strict: 1 } })
})

test('2.7: a policy about who asks is asked again, and holds for every row', async () => {
  const seen = async (viewer: Viewer) => (await ask('{ user { human } }', viewer)).data

  expect(await seen(BOB)).toEqual({ user: { human: 1 } })
  expect(await seen({ ...BOB, userId: 'cli_mailer' })).toEqual({ user: { human: null } })
})

test('2.6: a schema with a policy that there is not is not served', () => {
  const typeDefs = parse(`${PRELUDE} type Query { odd: Int @policy(policies: [["self"], ["full-moon"]]) }`)

  expect(() => enforceRules(buildSubgraphSchema({ typeDefs }))).toThrow('there is no policy "full-moon"')
})

test.each([
  ['gold', withScopes(ADA, 'a'), 'FORBIDDEN'],
  ['gold', withScopes(ADA, 'b'), 'FORBIDDEN'],
  ['gold', withScopes(ADA, 'a', 'b'), null],
  ['silver', withScopes(ADA, 'b'), 'FORBIDDEN'],
  ['silver', withScopes(ADA, 'a'), null],
])('2.6: a rule of the type holds beside that of its field: %s for %j', async (field, viewer, code) => {
  const { codes } = await ask(`{ vault { ${field} } }`, viewer)

  expect(codes).toEqual(code ? [code] : [])
})
