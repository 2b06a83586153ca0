import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { prepareSchema, roleUrl, type SchemaSource } from '../database/prepare.js'

/** One key for all databases of a run: it only has to be the same at both ends. */
const ROLE_KEY = 'role-key-of-the-tests'

/**
 * Fifty racers that share two busy cores wait for one lock for longer than a caller's two seconds. What ends such a wait
 * is then the test's own time limit.
 */
const PATIENCE = 'lock_timeout=30000&statement_timeout=30000'

export type TestDatabase = {
  /** The owner's URL; what a subgraph uses comes from `urlOf`. */
  ownerUrl: string
  urlOf(part: string): string
  stop(): Promise<void>
}

/** A database of a test file's own on the server that the run started, gone when the file ends. */
export async function createTestDatabase(
  schemas: readonly ((url: string) => SchemaSource)[] = [],
): Promise<TestDatabase> {
  const serverUrl = process.env['TEST_DATABASE_URL'] ?? ''
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, `create database ${name}`)

  const ownerUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}`, search: PATIENCE }).href
  const urlOf = (part: string) => roleUrl(ownerUrl, part, ROLE_KEY)
  for (const schema of schemas) {
    const { name: part } = schema('')
    await prepareSchema(ownerUrl, schema(urlOf(part)))
  }

  return { ownerUrl, urlOf, stop: () => dropDatabase(serverUrl, name) }
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, `drop database ${name} with (force)`)
  const owner = postgres(serverUrl, { max: 1, onnotice: () => {} })
  const roles = await owner<
    { rolname: string }[]
  >`select rolname from pg_roles where starts_with(rolname, ${name})`
  for (const { rolname } of roles) await owner.unsafe(`drop role ${rolname}`)
  await owner.end()
}

async function onServer(url: string, statement: string): Promise<void> {
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await owner.unsafe(statement)
  } finally {
    await owner.end()
  }
}
