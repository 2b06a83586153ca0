import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { idToUuid, newId, uuidToId } from '../../shared/ids/type-id.js'
import type { MessageFilter } from '../domain/directory-ports.js'
import type { NewMessage } from '../domain/message.js'
import { createStoreKit } from '../test/store-kit.js'
import { createMessageDirectory } from './directory.js'

let kit: Awaited<ReturnType<typeof createStoreKit>>
let ids: string[]

const ADA = newId('usr')
const DAYS_AGO = 10
/** One a day, oldest first. */
const MESSAGES: Partial<NewMessage>[] = [
  { kind: 'OTP' },
  { kind: 'OTP', channel: 'SMS' },
  { kind: 'WELCOME', userId: ADA },
  { kind: 'OTP', userId: ADA },
  { kind: 'OTP', channel: 'SMS', userId: ADA },
  { kind: 'LOGIN_ALERT' },
]

beforeAll(async () => {
  kit = await createStoreKit()
  ids = []
  for (const [index, message] of MESSAGES.entries()) {
    const at = new Date(Date.now() - (DAYS_AGO - index) * 86_400_000)
    const id = idOf(at)
    await kit.insertMessage({ ...message, id })
    await kit.client`update notifications.messages set created_at = ${at.toISOString()} where id = ${idToUuid('ntf', id)}`
    ids.push(id)
  }
  await kit.client`update notifications.messages set status = 'SENT' where kind = 'OTP'`
})

afterAll(() => kit.stop())

/** An id that was made at a moment. */
function idOf(at: Date): string {
  const fresh = idToUuid('ntf', newId('ntf')) ?? ''
  const hex = at.getTime().toString(16).padStart(12, '0')
  return uuidToId('ntf', `${hex.slice(0, 8)}-${hex.slice(8)}${fresh.slice(13)}`)
}

const listed = async (filter: MessageFilter, first = 100, after: string | null = null) =>
  (await createMessageDirectory(kit.db).list({ filter, first, after })).map(({ id }) => ids.indexOf(id))

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

test.each<[MessageFilter, number[]]>([
  [{}, [5, 4, 3, 2, 1, 0]],
  [{ kind: ['OTP'] }, [4, 3, 1, 0]],
  [{ kind: ['OTP', 'WELCOME', 'OTP'] }, [4, 3, 2, 1, 0]],
  [{ kind: ['MAGIC_LINK'] }, []],
  [{ status: ['QUEUED'] }, [5, 2]],
  [{ status: ['SENT', 'QUEUED'], channel: 'EMAIL' }, [5, 3, 2, 0]],
  [{ channel: 'SMS' }, [4, 1]],
  [{ channel: 'SMS', kind: ['OTP'], status: ['SENT'] }, [4, 1]],
  [{ userId: ADA }, [4, 3, 2]],
  [{ userId: ADA, kind: ['OTP'], channel: 'EMAIL', status: ['SENT'] }, [3]],
  [{ since: daysAgo(7.5) }, [5, 4, 3]],
  [{ since: daysAgo(7.5), kind: ['OTP'] }, [4, 3]],
])('%j gives what it says, newest first', async (filter, expected) => {
  expect(await listed(filter)).toEqual(expected)
})

test.each<MessageFilter>([{}, { kind: ['OTP', 'WELCOME'] }, { userId: ADA }])(
  'pages of %j hold each once, with one more that tells of the next',
  async (filter) => {
    const whole = await listed(filter)

    const walked: number[] = []
    for (let after: string | null = null; ; ) {
      const page = await listed(filter, 1, after)
      walked.push(...page.slice(0, 1))
      if (page.length < 2) break
      after = ids[page[0] ?? 0] ?? null
    }

    expect(walked).toEqual(whole)
  },
)

test.each<[string, MessageFilter, string]>([
  ['everything', {}, 'messages_pkey'],
  ['a kind', { kind: ['OTP'] }, 'messages_of_kind'],
  ['a status, of every kind', { status: ['SENT'] }, 'messages_of_kind'],
  ['a person', { userId: ADA, kind: ['OTP'] }, 'messages_of_user'],
])('%s is served by its index', async (_, filter, index) => {
  const client = postgres(kit.url, {
    max: 1,
    connection: { enable_seqscan: 'off', enable_bitmapscan: 'off' },
  })
  const scans = async () => {
    const [row] = await kit.client<{ scans: number }[]>`
      select idx_scan::int as scans from pg_stat_user_indexes where indexrelname = ${index}`
    return row?.scans ?? 0
  }
  const before = await scans()

  await createMessageDirectory(drizzle(client, { casing: 'snake_case' })).list({
    filter,
    first: 1,
    after: null,
  })

  await client`select pg_stat_force_next_flush()`
  await client.end()
  expect(await scans()).toBeGreaterThan(before)
})
