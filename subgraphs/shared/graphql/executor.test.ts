import {
  GraphQLEnumType,
  GraphQLError,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql'
import { AppError } from '../errors/app-error.js'
import { createLogger } from '../log/logger.js'
import { someCaller } from '../test/requests.js'
import { createExecutor } from './executor.js'
import { type ResponseEffects, requestContext } from './request-context.js'

const HIDDEN = 'select * from users where password = hunter2'

const Delivery = new GraphQLEnumType({ name: 'Delivery', values: { COOKIE: {}, BODY: {} } })
const LoginInput = new GraphQLInputObjectType({
  name: 'LoginInput',
  fields: {
    password: { type: GraphQLString },
    delivery: { type: new GraphQLNonNull(Delivery), defaultValue: 'COOKIE' },
  },
})

const fails = (error: () => unknown) => ({
  type: GraphQLString,
  resolve: () => {
    throw error()
  },
})

const query = new GraphQLObjectType({
  name: 'Query',
  fields: {
    ok: { type: GraphQLString, resolve: () => 'ok' },
    typed: fails(() => new AppError('RATE_LIMITED', { retryAfterSeconds: 7 })),
    caused: fails(() => new AppError('SERVICE_UNAVAILABLE', {}, { cause: new Error(HIDDEN) })),
    unknown: fails(() => new TypeError(HIDDEN)),
    thrownText: fails(() => HIDDEN),
    thrownGraphQLError: fails(() => new GraphQLError(HIDDEN)),
    missing: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
    oddEnum: { type: Delivery, resolve: () => HIDDEN },
    count: {
      type: GraphQLInt,
      args: { n: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 } },
      resolve: (_, { n }) => n,
    },
    login: { type: GraphQLString, args: { input: { type: LoginInput } }, resolve: () => 'in' },
  },
})
const schema = new GraphQLSchema({ query })

type Line = { event: string; requestId?: string; err?: unknown }

/** Runs one operation and tells what was answered and what was logged. */
async function run(
  text: string,
  variables?: Record<string, unknown>,
  effects: Partial<ResponseEffects> = {},
) {
  const lines: Line[] = []
  const log = createLogger({ level: 'silent' })
  log.error = log.warn = (line: unknown) => {
    lines.push(line as Line) // every line of ours is an object
  }
  const context = requestContext({ caller: someCaller({ requestId: 'req-1' }) })
  Object.assign(context.effects, effects)
  const response = await createExecutor(schema, log)({ query: text, variables }, context)
  return { response, lines }
}

const BAD_INPUT = { message: 'The request is not valid.', extensions: { code: 'BAD_USER_INPUT' } }

test('an answer without effects has no extensions', async () => {
  expect((await run('{ ok }')).response).toEqual({ data: { ok: 'ok' } })
})

test.each<[string, Partial<ResponseEffects>]>([
  ['a cookie', { cookies: [{ name: 'refreshToken', value: null, expiresAt: null }] }],
  ['a new viewer', { newViewer: 'signed' }],
])('5.1: %s goes to the router in extensions', async (_, effects) => {
  const { response } = await run('{ ok }', {}, effects)

  expect(response.extensions).toEqual({ usergraph: { cookies: [], ...effects } })
})

test('1.1: a typed error keeps its code, its fixed words and its details', async () => {
  const { response, lines } = await run('{ typed }')

  expect(response).toEqual({
    data: { typed: null },
    errors: [
      {
        message: 'Too many requests. Try again later.',
        path: ['typed'],
        extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 7 },
      },
    ],
  })
  expect(lines).toEqual([])
})

test('1.2: the cause of a typed error is logged and not answered', async () => {
  const { response, lines } = await run('{ caused }')

  expect(JSON.stringify(response)).not.toContain('hunter2')
  expect(lines).toMatchObject([{ event: 'request.refused', requestId: 'req-1', code: 'SERVICE_UNAVAILABLE' }])
})

test.each(['unknown', 'thrownText', 'thrownGraphQLError', 'missing', 'oddEnum'])(
  '1.2: a fault (%s) is answered without a word of it, and logged once with the request id',
  async (field) => {
    const { response, lines } = await run(`{ ${field} }`)

    expect(response.errors).toEqual([
      {
        message: 'Something went wrong on our side.',
        path: [field],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ])
    expect(lines).toMatchObject([{ event: 'request.failed', requestId: 'req-1' }])
  },
)

test.each([
  ['a wrong type', 'query ($n: Int!) { count(n: $n) }', { n: 'hunter2' }],
  ['none', 'query ($n: Int!) { count(n: $n) }', {}],
])('2.5: a variable with %s is bad input, its value not echoed', async (_, text, variables) => {
  const { response, lines } = await run(text, variables)

  expect(response).toEqual({ errors: [BAD_INPUT] })
  expect(lines).toEqual([])
})

test.each([
  ['an argument with a default', 'query ($n: Int) { count(n: $n) }', { n: null }, 'count'],
  [
    'a field with a default beside a password in the document',
    'query ($d: Delivery) { login(input: { password: "hunter2", delivery: $d }) }',
    { d: null },
    'login',
  ],
])('1.1, 12.3: null for %s is bad input and logs nothing', async (_, text, variables, field) => {
  const { response, lines } = await run(text, variables)

  expect(response.errors).toEqual([{ ...BAD_INPUT, path: [field] }])
  expect(lines).toEqual([])
})

test.each([
  ['that does not parse', '{ ok'],
  ['with an unknown field', '{ okay }'],
  ['with an unknown argument', '{ ok(x: 1) }'],
  ['with a value of a wrong type', '{ count(n: "hunter2") }'],
  ['without an operation', 'fragment f on Query { ok }'],
  ['that is empty', ''],
])('2.5: a document %s is refused without a hint, again and again', async (_, text) => {
  const execute = createExecutor(schema, createLogger({ level: 'silent' }))
  const context = requestContext({ caller: someCaller() })

  const answers = [await execute({ query: text }, context), await execute({ query: text }, context)]

  expect(answers).toEqual([{ errors: [BAD_INPUT] }, { errors: [BAD_INPUT] }])
})

test('an operation that is not in the document is bad input', async () => {
  const execute = createExecutor(schema, createLogger({ level: 'silent' }))

  const answer = await execute(
    { query: 'query A { ok }', operationName: 'B' },
    requestContext({ caller: someCaller() }),
  )

  expect(answer).toEqual({ errors: [BAD_INPUT] })
})
