import { createHmac } from 'node:crypto'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

export type SchemaSource = {
  /** Also the name of the schema. */
  name: string
  /** Folder of the migrations, made by drizzle-kit and read by a human. */
  migrations: string
  /** What the subgraph itself connects with; its role is made here. */
  url: string
}

/**
 * Brings one schema up to date as the owner of the database, and gives the subgraph's role the right to read and
 * write rows there and nothing else (SECURITY 3.4). Safe to run in many processes at once.
 */
export async function prepareSchema(
  ownerUrl: string,
  { name, migrations, url }: SchemaSource,
): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await owner`select pg_advisory_lock(hashtext('usergraph.migrate'))`
    await owner.unsafe(`create schema if not exists ${quoted(name)}`)
    await migrate(drizzle(owner), {
      migrationsFolder: migrations,
      migrationsSchema: name,
      migrationsTable: 'migrations',
    })
    await grantRows(owner, name, new URL(url))
  } finally {
    await owner.end({ timeout: 5 })
  }
}

/** The role may use the rows of its schema; it owns no table and can change none. */
export async function grantRows(owner: postgres.Sql, schema: string, url: URL): Promise<void> {
  const role = quoted(decodeURIComponent(url.username))
  const exists = await owner`select 1 from pg_roles where rolname = ${decodeURIComponent(url.username)}`
  const password = literal(decodeURIComponent(url.password))

  await owner.unsafe(`${exists.length > 0 ? 'alter' : 'create'} role ${role} login password ${password}`)
  await owner.unsafe(`grant usage on schema ${quoted(schema)} to ${role}`)
  await owner.unsafe(
    `grant select, insert, update, delete on all tables in schema ${quoted(schema)} to ${role}`,
  )
  await owner.unsafe(`grant usage on all sequences in schema ${quoted(schema)} to ${role}`)
}

/** Where a subgraph connects when no setting says so: the owner's database, a role and a password of its own. */
export function roleUrl(ownerUrl: string, part: string, roleKey: string): string {
  const url = new URL(ownerUrl)
  const database = url.pathname.slice(1)
  url.username = `${database}_${part}`
  url.password = createHmac('sha256', roleKey).update(`${database}/${part}`).digest('base64url')
  return url.href
}

// Roles and schemas cannot be parameters of a statement. Ours come from settings, and are quoted all the same.
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
