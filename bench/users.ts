import { drizzle } from 'drizzle-orm/postgres-js'
import type { Sql } from 'postgres'
import { ask, someNetwork } from '../router/test/seed/ask.js'
import { someAdmin } from '../router/test/seed/operators.js'
import { createUserDirectory } from '../subgraphs/users/store/directory.js'
import { type Bench, inMs, median, quantile, type Row, timed } from './bench.js'

const PEOPLE = 1_000_000
const ROUNDS = 30
const WARM_UP = 5

const GIVEN = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Ken', 'Radia', 'Donald', 'Frances', 'Tim']
const FAMILY = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Thompson', 'Perlman', 'Knuth', 'Allen']

const OLDEST_FIRST = { field: 'CREATED_AT', direction: 'ASC' }

const USERS = `query($first: Int, $last: Int, $after: String, $filter: UserFilter, $orderBy: UserOrder) {
  users(first: $first, last: $last, after: $after, filter: $filter, orderBy: $orderBy) {
    nodes { id username email displayName } totalCount { value isExact } pageInfo { endCursor }
  }
}`

type Variables = Record<string, unknown>

/** The directory of a million people: its first page, one from the middle, what is searched, and one by address. */
export const users: Bench = {
  title: `users, ${PEOPLE.toLocaleString('en')} accounts, pages of 50, ${ROUNDS} of each`,

  async measure(owner) {
    await generate(owner)
    const { session } = await someAdmin()
    await owner`vacuum analyze users.users`
    const token = session.tokens.accessToken
    const middle = await cursorAt(token, '2025-01-01T00:00:00Z')

    const reads: [string, Variables][] = [
      ['first page', { first: 50 }],
      ['a page from the middle', { first: 50, after: middle, orderBy: OLDEST_FIRST }],
      ['last page', { last: 50 }],
      ['by name, first page', { first: 50, orderBy: { field: 'DISPLAY_NAME' } }],
      ['search, a rare word', { first: 50, filter: { query: 'person777777' } }],
      ['search, two common words', { first: 50, filter: { query: 'grace hopper' } }],
      ['by address', { first: 1, filter: { email: 'person500000@example.test' } }],
      ['administrators', { first: 50, filter: { role: 'admin' } }],
    ]
    const rows: Row[] = []
    for (const [read, variables] of reads) rows.push(await measureRead(token, read, variables))
    await printPlans(owner)
    return { rows, holds: true }
  },
}

/** Rows as registrations would leave them, spread over three years; by SQL, since hashing for them would take a day. */
async function generate(owner: Sql): Promise<void> {
  console.log('Generating …')
  await owner`
    insert into users.users (id, status, email, email_verified_at, verified_at, username, display_name, given_name, family_name, locale, created_at, updated_at)
    select gen_random_uuid(), 'ACTIVE', 'person' || n || '@example.test', at, at, 'person' || n,
      given || ' ' || family, given, family, 'en', at, at
    from generate_series(1, ${PEOPLE}::int) as n,
      lateral (select timestamptz '2023-07-01' + n * interval '1 second' * 94.6 as at) as moment,
      lateral (select (${GIVEN}::text[])[1 + n % 10] as given, (${FAMILY}::text[])[1 + n / 10 % 9] as family) as name`
}

async function cursorAt(token: string, createdBefore: string): Promise<string> {
  const variables = { last: 1, filter: { createdBefore }, orderBy: OLDEST_FIRST }
  const { data } = await ask(USERS, { token, variables })
  const { pageInfo } = data['users'] as unknown as { pageInfo: { endCursor: string } }
  return pageInfo.endCursor
}

async function measureRead(token: string, read: string, variables: Variables): Promise<Row> {
  const samples: number[] = []
  let found = 0
  let total = ''
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const took = await timed(async () => {
      const { data, errors } = await ask(USERS, { token, variables, ip: someNetwork() })
      if (errors) throw new Error(JSON.stringify(errors))
      const page = data['users'] as unknown as {
        nodes: object[]
        totalCount: { value: number; isExact: boolean }
      }
      found = page.nodes.length
      total = `${page.totalCount.value}${page.totalCount.isExact ? '' : '+'}`
    })
    if (round >= WARM_UP) samples.push(took)
  }
  return { read, found, total, 'median ms': inMs(median(samples)), 'p95 ms': inMs(quantile(samples, 0.95)) }
}

/** The plans of the very statements that the directory sends. */
async function printPlans(owner: Sql): Promise<void> {
  const sent: { query: string; params: unknown[] }[] = []
  const logger = {
    logQuery(query: string, params: unknown[]) {
      sent.push({ query, params })
    },
  }
  const directory = createUserDirectory(drizzle(owner, { logger, casing: 'snake_case' }))
  const order = { field: 'CREATED_AT', direction: 'ASC' } as const
  const page = { order, direction: 'FORWARD', limit: 50, from: null, filter: {} } as const
  const from = { value: '2025-01-01T00:00:00Z', id: 'usr_00000000000000000000000000' }

  const asked: [string, () => Promise<unknown>][] = [
    ['a page from the middle', () => directory.list({ ...page, from })],
    ['search, a rare word', () => directory.list({ ...page, filter: { words: ['person777777'] } })],
    ['search, two common words, counted', () => directory.count({ words: ['grace', 'hopper'] }, 10_000)],
    ['by address', () => directory.list({ ...page, filter: { email: 'person500000@example.test' } })],
    ['administrators', () => directory.list({ ...page, filter: { role: 'admin' } })],
  ]
  for (const [name, act] of asked) {
    await act()
    const { query = '', params = [] } = sent.at(-1) ?? {}
    const plan = await owner.unsafe(`explain (analyze, costs off, timing off) ${query}`, params as never[])
    console.log(`\n${name}\n${plan.map((row) => `  ${row['QUERY PLAN']}`).join('\n')}`)
  }
}
