import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSupergraphConfig } from './read-supergraph-config.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supergraph-'))
  await mkdir(join(folder, 'orders'))
  await writeFile(join(folder, 'orders/schema.graphql'), 'type Query { orders: Int }')
})
afterEach(() => rm(folder, { recursive: true }))

async function read(yaml: string) {
  const path = join(folder, 'supergraph.yaml')
  await writeFile(path, yaml)
  return readSupergraphConfig(path)
}

test('reads where each subgraph is and its schema, relative to the file', async () => {
  const yaml = `
federation_version: =2.9.0
subgraphs:
  orders:
    routing_url: http://127.0.0.1:4201/graphql
    schema: { file: ./orders/schema.graphql }
`
  expect(await read(yaml)).toEqual([
    { name: 'orders', url: 'http://127.0.0.1:4201/graphql', typeDefs: 'type Query { orders: Int }' },
  ])
})

test.each([
  ['no subgraphs', 'federation_version: =2.9.0'],
  ['a misspelt key', 'subgraphs: { orders: { routing_uri: "http://a.test", schema: { file: x } } }'],
  ['an address that is none', 'subgraphs: { orders: { routing_url: "orders:4201 x", schema: { file: x } } }'],
  ['a version of another composer', 'federation_version: 1\nsubgraphs: {}'],
])('says what is wrong: %s', async (_, yaml) => {
  await expect(read(yaml)).rejects.toThrow('supergraph.yaml is wrong')
})
