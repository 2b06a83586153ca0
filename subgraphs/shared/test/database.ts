import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { grantRows, prepareSchema, roleUrl, type SchemaSource } from '../database/prepare.js'

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
  await onServer(serverUrl, async (owner) => {
    const template = schemas.length > 0 ? await migratedTemplate(owner, serverUrl, schemas) : 'template1'
    await owner.unsafe(`create database ${name} template ${template}`)
  })

  const ownerUrl = urlOfDatabase(serverUrl, name)
  const urlOf = (part: string) => roleUrl(ownerUrl, part, ROLE_KEY)
  await onServer(ownerUrl, async (owner) => {
    for (const schema of schemas) {
      const { name: part } = schema('')
      await grantRows(owner, part, new URL(urlOf(part)))
    }
  })

  return { ownerUrl, urlOf, stop: () => dropDatabase(serverUrl, name) }
}

const urlOfDatabase = (serverUrl: string, name: string): string =>
  Object.assign(new URL(serverUrl), { pathname: `/${name}`, search: PATIENCE }).href

/** Migrated by the first file that needs it and copied by each: a copy costs a fraction of all those migrations. */
async function migratedTemplate(
  owner: postgres.Sql,
  serverUrl: string,
  schemas: readonly ((url: string) => SchemaSource)[],
): Promise<string> {
  const name = `template_${schemas.map((schema) => schema('').name).join('_')}`
  await owner`select pg_advisory_lock(hashtext(${name}))`
  const [found] = await owner`select from pg_database where datname = ${name}`
  if (!found) {
    const draft = `${name}_draft`
    await owner.unsafe(`create database ${draft}`)
    const url = urlOfDatabase(serverUrl, draft)
    for (const schema of schemas) {
      const { name: part } = schema('')
      await prepareSchema(url, schema(roleUrl(url, part, ROLE_KEY)))
    }
    await owner.unsafe(`alter database ${draft} rename to ${name}`)
  }
  await owner`select pg_advisory_unlock(hashtext(${name}))`
  return name
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, async (owner) => {
    await owner.unsafe(`drop database ${name} with (force)`)
    const roles = await owner<
      { rolname: string }[]
    >`select rolname from pg_roles where starts_with(rolname, ${name})`
    for (const { rolname } of roles) await owner.unsafe(`drop role ${rolname}`)
  })
}

async function onServer(url: string, act: (owner: postgres.Sql) => Promise<void>): Promise<void> {
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await act(owner)
  } finally {
    await owner.end()
  }
}
