import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { createTestDatabase, type TestDatabase } from '../test/database.js'
import { prepareSchema } from './prepare.js'

let folder: string
let testDatabase: TestDatabase
let owner: postgres.Sql

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-migrations-'))
  await mkdir(join(folder, 'meta'))
  const entries = [{ idx: 0, version: '7', when: 1, tag: '0000_initial', breakpoints: true }]
  await writeFile(
    join(folder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  )
  // Not `if not exists`: a migration that ran twice would fail. The wait lets the others come while one is at it.
  await writeFile(
    join(folder, '0000_initial.sql'),
    'create table shop.orders (id serial primary key, note text);\n--> statement-breakpoint\nselect pg_sleep(0.2);',
  )
  testDatabase = await createTestDatabase()
  owner = postgres(testDatabase.ownerUrl, { max: 1, onnotice: () => {} })
})

afterEach(async () => {
  await owner.end()
  await testDatabase.stop()
  await rm(folder, { recursive: true, force: true })
})

const shop = () => ({ name: 'shop', migrations: folder, url: testDatabase.urlOf('shop') })
const prepare = () => prepareSchema(testDatabase.ownerUrl, shop())

test('13.8: processes that start at once bring a fresh database up to date once', async () => {
  await Promise.all(Array.from({ length: 5 }, prepare))

  expect(await owner`select 1 from shop.migrations`).toHaveLength(1)
})

test('a database that is up to date stays as it is', async () => {
  await prepare()
  await owner`insert into shop.orders (note) values ('kept')`

  await prepare()

  expect(await owner`select note from shop.orders`).toEqual([{ note: 'kept' }])
})

test('3.4: the role reads and writes the rows of its schema, and nothing else', async () => {
  await prepare()
  await owner.unsafe('create schema other; create table other.secrets (id int)')
  const role = postgres(shop().url, { max: 1 })
  const refused = (statement: string) =>
    role.unsafe(statement).then(
      () => 'done',
      ({ code }) => code,
    )

  const rows = await role`insert into shop.orders (note) values ('mine') returning note`
  const codes = [
    await refused('create table shop.more (id int)'),
    await refused('drop table shop.orders'),
    await refused('alter table shop.orders add column x int'),
    await refused('truncate shop.orders'),
    await refused('select * from other.secrets'),
    await refused('create schema mine'),
    await refused('create role eve'),
  ]
  await role.end()

  expect(rows).toEqual([{ note: 'mine' }])
  expect(codes).toEqual(Array.from({ length: 7 }, () => '42501'))
})
