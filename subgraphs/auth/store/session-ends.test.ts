import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, idToUuid, newId } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import type { Session, SessionLife, SessionStore } from '../domain/ports.js'
import { authSchema } from '../subgraph.js'
import { createSessionStore } from './sessions.js'
import { outbox } from './tables.js'

let testDatabase: TestDatabase
let database: Database
let owner: postgres.Sql
let sessions: SessionStore

beforeAll(async () => {
  testDatabase = await createTestDatabase([authSchema])
  owner = postgres(testDatabase.ownerUrl, { max: 2 })
  database = connectDatabase({ url: testDatabase.urlOf('auth'), name: 'test' })
  sessions = createSessionStore(
    database.db,
    createOutbox(outbox, () => {}),
  )
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await testDatabase.stop()
})

const digest = () => new Uint8Array(randomBytes(32))
const HOUR = 3600

async function started(life: SessionLife) {
  const refreshDigest = digest()
  const begun = await sessions.start({
    ...{ id: newId(ID_PREFIXES.session), userId: someUserId(), life, clientId: 'web', methods: ['PASSWORD'] },
    device: { name: 'Firefox', browser: 'Firefox', os: null, kind: 'OTHER' },
    ...{ ip: '198.51.100.7', userAgent: null, subject: 'nobody' },
    ...{
      refreshDigest,
      shownDevice: null,
      newDevice: digest(),
      assurance: 'AAL1',
      ticket: null,
      trustsDevice: false,
      grant: null,
      passwordTriedAt: null,
      factorVersion: 0,
    },
  })
  if (!begun) throw new Error('no session was started')
  const { session } = begun
  return { session, refreshDigest }
}

const rotate = ({ session, refreshDigest }: Started, life: SessionLife) =>
  sessions.rotate({ removedAtVersion: 0, sessionId: session.id, from: refreshDigest, to: digest(), life })

const stepUp = ({ id, userId }: Session, life: SessionLife) =>
  sessions.replace({
    ...{ id: newId(ID_PREFIXES.session), replaces: id, userId, life, method: 'PASSWORD', assurance: 'AAL1' },
    ...{
      ip: '198.51.100.7',
      by: someActor(),
      refreshDigest: digest(),
      subject: userId,
      passwordTriedAt: null,
      factorVersion: 0,
      grant: null,
    },
  })

type Started = Awaited<ReturnType<typeof started>>

/** As if its person had signed in, and been seen for the last time, so long ago. */
async function aged({ session }: Started, { seen, since }: { seen: number; since: number }) {
  const uuid = idToUuid(ID_PREFIXES.session, session.id)
  await owner`update auth.sessions set created_at = created_at - make_interval(secs => ${since}),
    last_seen_at = last_seen_at - make_interval(secs => ${seen}),
    idle_expires_at = idle_expires_at - make_interval(secs => ${seen}),
    absolute_expires_at = absolute_expires_at - make_interval(secs => ${since}) where id = ${uuid}`
}

const secondsLeft = (session: Session | null) => {
  const left = (until: Date | undefined) =>
    Math.round(((until?.getTime() ?? 0) - (session?.lastSeenAt.getTime() ?? 0)) / 1000)
  return { idle: left(session?.idleExpiresAt), absolute: left(session?.absoluteExpiresAt) }
}

test.each([
  ['LONG', 7 * 24 * HOUR, 30 * 24 * HOUR],
  ['SHORT', HOUR, 24 * HOUR],
  ['SHORTEST', 900, 8 * HOUR],
] as const)(
  '5.3: a %s session idles out after %p seconds and ends for good after %p',
  async (life, idle, absolute) => {
    const begun = await started(life)

    expect(secondsLeft(begun.session)).toEqual({ idle, absolute })
    expect(secondsLeft(await rotate(begun, life))).toEqual({ idle, absolute })
  },
)

test('5.3: a role given meanwhile counts at the next refresh, from the sign-in on', async () => {
  const begun = await started('LONG')
  await aged(begun, { seen: 60, since: 5 * HOUR })

  const next = await rotate(begun, 'SHORTEST')

  expect(next?.state).toBe('ACTIVE')
  expect(secondsLeft(next)).toEqual({ idle: 900, absolute: 3 * HOUR })
})

test.each([
  ['was signed in for longer', { seen: 60, since: 9 * HOUR }],
  ['was idle for longer', { seen: 1000, since: 2 * HOUR }],
])(
  '5.3: who %s than a role given meanwhile allows has no session any more, and is taken for no thief',
  async (_, times) => {
    const begun = await started('LONG')
    await aged(begun, times)
    const rotation = { sessionId: begun.session.id, from: begun.refreshDigest, to: digest() }

    expect(await stepUp(begun.session, 'SHORTEST')).toBeNull()
    expect(await sessions.rotate({ removedAtVersion: 0, ...rotation, life: 'SHORTEST' })).toMatchObject({
      state: 'EXPIRED',
    })

    expect(await sessions.judgeRefused(rotation)).toEqual({ kind: 'ended' })
    expect(await sessions.find(begun.session.id)).toMatchObject({ state: 'EXPIRED' })
  },
)

test('5.3: a role that is taken away lengthens the idle time alone', async () => {
  const begun = await started('SHORTEST')

  const next = await rotate(begun, 'LONG')

  expect(secondsLeft(next)).toEqual({ idle: 8 * HOUR, absolute: 8 * HOUR })
})

test('5.3: a step-up does not move the absolute end, whichever role is given before or after it', async () => {
  const begun = await started('LONG')
  await aged(begun, { seen: 60, since: 5 * HOUR })

  const proved = await stepUp(begun.session, 'LONG')
  const again = proved && (await stepUp(proved, 'SHORTEST'))

  expect(secondsLeft(proved)).toEqual({ idle: 7 * 24 * HOUR, absolute: (30 * 24 - 5) * HOUR })
  expect(secondsLeft(again)).toEqual({ idle: 900, absolute: 3 * HOUR })
})
