import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { Arg, Directive, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { createLogger } from '../log/logger.js'
import { someCaller, someViewer } from '../test/requests.js'
import { buildSubgraph } from './build-subgraph.js'
import { createExecutor } from './executor.js'
import { requestContext } from './request-context.js'

@Directive('@key(fields: "id")')
@ObjectType()
class Thing {
  @Field(() => ID)
  id!: string

  @Directive('@tag(name: "pii")')
  @Directive('@policy(policies: [["self"], ["things:read"]])')
  @Field(() => String, { nullable: true })
  secret!: string | null
}

@Resolver()
class ThingResolver {
  @Directive('@public')
  @Directive('@cacheControl(maxAge: 300, scope: PUBLIC)')
  @Query(() => Thing, { nullable: true })
  thing(): Thing {
    return { id: 'usr_ada', secret: 'mine' }
  }

  @Directive('@shareable')
  @Directive('@authenticated')
  @Query(() => String, { nullable: true })
  me(): string {
    return 'me'
  }

  @Directive('@requiresScopes(scopes: [["things:read"]])')
  @Query(() => String, { nullable: true })
  all(): string {
    return 'all'
  }

  @Directive('@credential')
  @Directive('@startsSession')
  @Directive('@rateLimit(max: 10, window: "1h", by: ["ip", "input.name"])')
  @Directive('@assurance(level: 2, maxAge: 60)')
  @Mutation(() => String, { nullable: true })
  enter(@Arg('name', () => String) name: string): string {
    return name
  }
}

const { schema, typeDefs } = await buildSubgraph({
  resolvers: [ThingResolver],
  references: { Thing: ({ id }) => (id === 'gone' ? null : { id, secret: `of ${id}` }) },
})
const execute = createExecutor(schema, createLogger({ level: 'silent' }))

test.each([
  'type Thing @key(fields: "id")',
  'secret: String @tag(name: "pii") @policy(policies: [["self"], ["things:read"]])',
  'thing: Thing @public @cacheControl(maxAge: 300, scope: PUBLIC)',
  'me: String @shareable @authenticated',
  'all: String @requiresScopes(scopes: [["things:read"]])',
  '@credential',
  '@startsSession',
  '@rateLimit(max: 10, window: "1h", by: ["ip", "input.name"])',
  '@assurance(level: 2, maxAge: 60)',
])('2.6: a directive reaches the SDL as it was written: %s', (text) => {
  // Only the order in which decorators stand may differ.
  const sorted = (line: string) =>
    line
      .split(/ (?=@)/)
      .sort()
      .join(' ')
  const lines = typeDefs.split('\n').map((line) => sorted(line.trim()))

  const words = text.split(/ (?=@)/)
  expect(lines.some((line) => words.every((word) => line.includes(word)))).toBe(true)
})

test('2.6: what was built composes, and its rules are in the supergraph', () => {
  const { supergraphSdl, errors } = composeServices([
    { name: 'things', url: 'http://things.test', typeDefs: parse(typeDefs) },
  ])

  expect(errors).toBeUndefined()
  for (const rule of ['public', 'startsSession', 'assurance', 'rateLimit', 'credential', 'cacheControl']) {
    expect(supergraphSdl).toMatch(new RegExp(`^\\s.*@${rule}\\b`, 'm'))
  }
  expect(supergraphSdl).toContain('@policy(policies: [["self"], ["things:read"]])')
})

test('an entity is found by its reference, and what is gone is null', async () => {
  const context = requestContext({ caller: someCaller({ viewer: someViewer({ userId: 'usr_ada' }) }) })
  const query = `{ _entities(representations: [{ __typename: "Thing", id: "usr_ada" },
    { __typename: "Thing", id: "gone" }, { __typename: "Thing", id: "usr_bob" }]) { ... on Thing { id secret } } }`

  expect(await execute({ query }, context)).toEqual({
    data: { _entities: [{ id: 'usr_ada', secret: 'of usr_ada' }, null, { id: 'usr_bob', secret: null }] },
  })
})
