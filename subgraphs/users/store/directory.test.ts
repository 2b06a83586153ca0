import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someUserId } from '../../shared/test/requests.js'
import type { UserFilter, UserOrder } from '../domain/directory-ports.js'
import { makeListUsers, type UserFilterInput } from '../domain/list-users.js'
import { usersSchema } from '../subgraph.js'
import { createUserDirectory } from './directory.js'
import { users } from './tables.js'

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let list: ReturnType<typeof makeListUsers>
let sent = 0

const DAY = 86_400_000
const NAMES = ['Ada Lovelace', 'Bob', 'bob', 'Éva Kovács', '100% Pure_Joy', null, 'Zoë']

/** Two people a day, so that an order by the day alone would not be one. */
const PEOPLE = NAMES.map((displayName, index) => ({
  id: someUserId(),
  status: index === 1 ? ('DISABLED' as const) : ('ACTIVE' as const),
  displayName,
  givenName: index === 0 ? 'Augusta' : null,
  username: `someone${index}`,
  email: `person${index}@acme.test`,
  roles: index < 2 ? ['user', 'support'] : ['user'],
  createdAt: new Date(Date.UTC(2030, 0, 1) + Math.floor(index / 2) * DAY),
  updatedAt: new Date(Date.UTC(2031, 0, 1) - index * DAY),
}))

beforeAll(async () => {
  testDatabase = await createTestDatabase([usersSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('users'), name: 'test', onStatement: () => sent++ })
  await database.db.insert(users).values(PEOPLE)
  list = makeListUsers({
    directory: createUserDirectory(database.db),
    isUserId: (id) => id.startsWith('usr_'),
    isRole: (name) => ['user', 'support', 'admin'].includes(name),
  })
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

const OLDEST_FIRST: UserOrder = { field: 'CREATED_AT', direction: 'ASC' }

type Page = { limit?: number; from?: string | null; direction?: 'FORWARD' | 'BACKWARD' }

async function listed(filter: UserFilterInput, order: UserOrder | null = OLDEST_FIRST, page: Page = {}) {
  const result = await list({
    page: { limit: 100, from: null, direction: 'FORWARD', ...page },
    filter,
    order,
  })
  if (result.kind === 'refused') throw new Error(`refused for ${result.field}`)
  return result
}

/** Everyone, two at a time. */
async function walk(
  order: UserOrder,
  direction: 'FORWARD' | 'BACKWARD',
  from: string | null = null,
): Promise<string[]> {
  const { accounts, cursorOf } = await listed({}, order, { limit: 2, from, direction })
  const page = accounts.slice(0, 2)
  const last = page.at(-1)
  const rest = accounts.length > 2 && last ? await walk(order, direction, cursorOf(last)) : []
  return [...page.map(({ id }) => id), ...rest]
}

const numbersOf = async (filter: UserFilterInput) =>
  (await listed(filter)).accounts.map(({ id }) => PEOPLE.findIndex((person) => person.id === id))

const refusal = async (filter: UserFilterInput, from: string | null = null) => {
  const page = { limit: 1, from, direction: 'FORWARD' as const }
  const result = await list({ page, filter, order: OLDEST_FIRST })
  return result.kind === 'refused' ? result.field : null
}

describe('accounts in an order', () => {
  test.each<UserOrder>([
    { field: 'CREATED_AT', direction: 'ASC' },
    { field: 'CREATED_AT', direction: 'DESC' },
    { field: 'UPDATED_AT', direction: 'ASC' },
    { field: 'DISPLAY_NAME', direction: 'ASC' },
    { field: 'DISPLAY_NAME', direction: 'DESC' },
  ])('%j: pages forward and backward hold everyone once, in one order, a statement each', async (order) => {
    const whole = (await listed({}, order)).accounts.map(({ id }) => id)

    const before = sent

    const forward = await walk(order, 'FORWARD')
    const backward = await walk(order, 'BACKWARD')

    expect(forward).toEqual(whole)
    expect(backward).toEqual(whole.toReversed())
    expect(sent - before).toBe(8)
    expect(whole).toHaveLength(PEOPLE.length)
  })

  test('somebody who is gone, or was changed since, leaves no gap', async () => {
    const order = { field: 'UPDATED_AT', direction: 'ASC' } as const
    const first = await listed({}, order, { limit: 1 })
    const [seen, next] = first.accounts
    const cursor = seen ? first.cursorOf(seen) : ''
    await owner`update users.users set updated_at = now() + interval '90 years' where email = 'person6@acme.test'`

    const page = await listed({}, order, { limit: 1, from: cursor })

    expect(page.accounts[0]?.id).toBe(next?.id)
    await owner`update users.users set updated_at = ${PEOPLE[6]?.updatedAt ?? null} where email = 'person6@acme.test'`
  })

  test('a search finds parts of words in names, usernames and addresses, whatever their case', async () => {
    expect(await numbersOf({ query: 'lovel' })).toEqual([0])
    expect(await numbersOf({ query: 'AUGUSTA lace' })).toEqual([0])
    expect(await numbersOf({ query: 'augusta bob' })).toEqual([])
    expect(await numbersOf({ query: 'BOB' })).toEqual([1, 2])
    expect(await numbersOf({ query: 'ÉVA' })).toEqual([3])
    expect(await numbersOf({ query: 'someone4' })).toEqual([4])
    expect(await numbersOf({ query: 'person5@' })).toEqual([5])
    expect(await numbersOf({ query: 'acme.test' })).toHaveLength(PEOPLE.length)
  })

  test('signs that mean something to a database mean nothing in a search', async () => {
    expect(await numbersOf({ query: '100%' })).toEqual([4])
    expect(await numbersOf({ query: 'pure_joy' })).toEqual([4])
    expect(await numbersOf({ query: 'pure%joy' })).toEqual([])
    expect(await numbersOf({ query: '\\%%\\' })).toEqual([])
  })

  test('filters hold together', async () => {
    expect(await numbersOf({ email: 'Person2@ACME.test' })).toEqual([2])
    expect(await numbersOf({ status: ['DISABLED'] })).toEqual([1])
    expect(await numbersOf({ role: 'support' })).toEqual([0, 1])
    expect(await numbersOf({ role: 'support', status: ['ACTIVE'] })).toEqual([0])
    expect(
      await numbersOf({ createdAfter: '2030-01-02T00:00:00Z', createdBefore: '2030-01-03T00:00:00Z' }),
    ).toEqual([2, 3])
  })

  test('what means nothing is refused by its name, and nobody is asked', async () => {
    const before = sent
    const other = await listed({}, { field: 'DISPLAY_NAME', direction: 'ASC' })
    const cursor = other.accounts[0] ? other.cursorOf(other.accounts[0]) : ''

    expect(await refusal({ query: 'ad' })).toBe('filter.query')
    expect(await refusal({ query: ' ' })).toBe('filter.query')
    expect(await refusal({ query: 'a b c d e fgh' })).toBe('filter.query')
    expect(await refusal({ query: 'ada\u0000' })).toBe('filter.query')
    expect(await refusal({ email: 'ada' })).toBe('filter.email')
    expect(await refusal({ status: [] })).toBe('filter.status')
    expect(await refusal({ role: 'owner' })).toBe('filter.role')
    expect(await refusal({ createdAfter: 'yesterday' })).toBe('filter.createdAfter')
    expect(await refusal({}, 'nonsense')).toBe('after')
    expect(await refusal({}, cursor)).toBe('after')
    expect(sent - before).toBe(1)
  })

  test('they are counted only when asked, no further than the cap, and then said not to be exact', async () => {
    const before = sent
    const { count } = await listed({ role: 'support' })

    expect(sent - before).toBe(1)
    expect(await count()).toEqual({ value: 2, isExact: true })
    expect(await createUserDirectory(database.db).count({}, 3)).toBe(4)
  })

  test.each<[string, UserFilter, UserOrder, string]>([
    ['a search', { words: ['lovel'] }, OLDEST_FIRST, 'users_search'],
    ['a role', { role: 'support' }, OLDEST_FIRST, 'users_with_roles'],
    ['an order by name', {}, { field: 'DISPLAY_NAME', direction: 'DESC' }, 'users_display_name'],
    ['an order by day', {}, OLDEST_FIRST, 'users_created_at'],
  ])('%s is served by its index', async (_, filter, order, index) => {
    const scans = async () => {
      const [row] = await owner<{ scans: number }[]>`
        select idx_scan::int as scans from pg_stat_user_indexes where indexrelname = ${index}`
      return row?.scans ?? 0
    }
    // A table this small would be read whole; a bitmap is the one way left to what is no order.
    const enable_indexscan = Object.keys(filter).length > 0 ? 'off' : 'on'
    const client = postgres(testDatabase.urlOf('users'), {
      max: 1,
      connection: { enable_seqscan: 'off', enable_indexscan },
    })
    const before = await scans()

    await createUserDirectory(drizzle(client, { casing: 'snake_case' })).list({
      filter,
      order,
      direction: 'FORWARD',
      from: null,
      limit: 1,
    })

    await client`select pg_stat_force_next_flush()`
    await client.end()
    expect(await scans()).toBe(before + 1)
  })
})
