import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway'
import { buildSchema, printSchema } from 'graphql'
import { clientSchema } from './client-schema.js'
import { forGateway } from './gateway-sdl.js'
import { readPlannerFields } from './planner-fields.js'
import { NOTES, PEOPLE, supergraphOf } from './test/supergraph.js'

const supergraphSdl = supergraphOf(PEOPLE, NOTES)

async function load(sdl: string): Promise<ApolloGateway> {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  const { ApolloGateway: Gateway } = await import('@apollo/gateway')
  const answersNothing: GraphQLDataSource = { process: async () => ({ data: {} }) }
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  const gateway = new Gateway({ supergraphSdl: sdl, buildService: () => answersNothing, logger: silent })
  await gateway.load()
  return gateway
}

test('the gateway refuses the full supergraph, whose rules it cannot keep', async () => {
  await expect(load(supergraphSdl)).rejects.toThrow('for: SECURITY but is unsupported')
})

test('the gateway loads the copy made for it, cost and our own directives included', async () => {
  const copy = forGateway(supergraphSdl)

  expect(copy).toContain('@public')
  expect(copy).toContain('@cost(')
  expect(copy).toContain('@listSize(')
  await (await load(copy)).stop()
})

test('nothing of the rules of Apollo is left in the copy', () => {
  expect(forGateway(supergraphSdl)).not.toMatch(/authenticated|requiresScopes|@policy|policy__/)
})

test('clients see types and fields, and no directive or type that only routers read', () => {
  const schema = clientSchema(supergraphSdl)

  expect(schema.getType('Person')).toBeDefined()
  expect(printSchema(schema)).not.toMatch(/@join|@public|@policy|join__|link__/)
})

test('knows the fields the planner fetches on its own, nested ones and those behind an interface too', () => {
  const fields = readPlannerFields(
    buildSchema(
      `
      interface Node { id: ID }
      type Person implements Node @join__type(key: "id home { street }") {
        id: ID
        home: Home
        locale: String
        greeting: String @join__field(requires: "locale ... on Person { home { city } }")
      }
      type Home { street: String city: String zip: String }
      type Query { node: Node }
    `,
      { assumeValidSDL: true },
    ),
  )

  expect(fields.get('Person')).toEqual(new Set(['id', 'home', 'locale']))
  expect(fields.get('Home')).toEqual(new Set(['street', 'city']))
  expect(fields.get('Node')).toEqual(new Set(['id', 'home', 'locale']))
  expect(fields.get('Query')).toEqual(new Set())
})
