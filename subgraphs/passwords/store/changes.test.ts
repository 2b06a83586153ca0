import postgres from 'postgres'
import { connectDatabase, type Database } from '../../shared/database/connect.js'
import { createOutbox } from '../../shared/events/outbox.js'
import { idToUuid } from '../../shared/ids/type-id.js'
import { createTestDatabase, type TestDatabase } from '../../shared/test/database.js'
import { someActor, someUserId } from '../../shared/test/requests.js'
import { passwordsSchema } from '../subgraph.js'
import { createStores, type Stores } from './create-stores.js'
import { requireLonger } from './replace-credential.js'
import { outbox } from './tables.js'

const RACERS = 50
const ROUNDS = 20
const BY = someActor()
const SESSION = 'ses_here'

let server: TestDatabase
let database: Database
let owner: postgres.Sql
let stores: Stores

beforeAll(async () => {
  server = await createTestDatabase([passwordsSchema])
  owner = postgres(server.ownerUrl, { max: 1 })
  database = connectDatabase({ url: server.urlOf('passwords'), name: 'test' })
  const events = createOutbox(outbox, () => {})
  stores = createStores(database.db, events, { historySize: 5, isReadable: () => true })
  // Opens every pooled connection: a cold pool lets racers through one by one and hides the race.
  await Promise.all(Array.from({ length: RACERS }, () => database.client`select 1`))
})

afterAll(async () => {
  await owner.end()
  await database.stop()
  await server.stop()
})

const race = <Outcome>(act: (index: number) => Promise<Outcome>) =>
  Promise.all(Array.from({ length: RACERS }, (_, index) => act(index)))
const password = (phc: string) => ({ phc, pepperVersion: 1 })

async function someone(phc = 'old') {
  const userId = someUserId()
  await stores.credentials.insertUnclaimed(userId, password(phc))
  return userId
}

const change = (userId: string, from: string, to: string) =>
  stores.changes.change({ userId, sessionId: SESSION, keptTicket: null, from, stored: password(to), by: BY })
const set = (userId: string, to: string) =>
  stores.changes.set({ userId, sessionId: SESSION, keptTicket: null, stored: password(to), by: BY })
const actsOn = async (userId: string) =>
  (
    await owner`select payload->>'action' as action from passwords.outbox where payload->>'subjectId' = ${userId}`
  ).map(({ action }) => action as string)

test('6.5: of many who change one password at once, one does; the others compared with what is gone', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const userId = await someone()
    const outcomes = await race((index) => change(userId, 'old', `new ${index}`))

    const winner = outcomes.findIndex((one) => one !== null)
    expect(outcomes.filter((one) => one !== null)).toHaveLength(1)
    expect(await stores.credentials.find(userId)).toMatchObject(password(`new ${winner}`))
    expect((await stores.history.listUsed(userId)).map(({ phc }) => phc)).toEqual([`new ${winner}`, 'old'])
  }
})

test('of many who set the first one at once, one does', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const userId = someUserId()
    const outcomes = await race((index) => set(userId, `new ${index}`))

    const winner = outcomes.findIndex((one) => one !== null)
    expect(outcomes.filter((one) => one !== null)).toHaveLength(1)
    expect(await stores.credentials.find(userId)).toMatchObject(password(`new ${winner}`))
  }
})

test('of many who remove it at once, or change it, one does; it is a former one then', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const userId = await someone()
    const outcomes = await race(async (index) => {
      if (index === round) return (await change(userId, 'old', 'new')) && null
      return stores.changes.remove({ userId, sessionId: SESSION, keptTicket: null, by: BY })
    })

    expect(outcomes.filter((one) => one !== null)).toMatchObject([
      { userId, how: 'REMOVED', keptSessionId: SESSION },
    ])
    expect(await stores.credentials.find(userId)).toBeNull()
    expect((await stores.history.listUsed(userId)).map(({ phc }) => phc)).toContain('old')
    expect(await actsOn(userId)).toContain('password.remove')
  }
})

test('10.1: the link of a reset ends with the password that is removed', async () => {
  const userId = await someone()
  const digest = new Uint8Array(32).fill(99)
  const link = { digest, address: 'a', sealedToken: 's', resetUrl: 'https://id.test/account/reset' }
  await stores.resets.request({ userId, link, by: BY })

  await stores.changes.remove({ userId, sessionId: SESSION, keptTicket: null, by: BY })

  expect(await stores.resets.find(digest)).toMatchObject({ reason: 'EXPIRED' })
})

test('a change is told under the id that auth is given, with the session that goes on', async () => {
  const userId = await someone()
  const changed = await change(userId, 'old', 'new')
  const bare = someUserId()
  await set(bare, 'first')

  expect(changed).toMatchObject({ userId, how: 'CHANGED', keptSessionId: SESSION })
  const told =
    await owner`select id, payload->>'how' as how, payload->>'keptSessionId' as kept from passwords.outbox
    where name = 'password.changed' and payload->>'userId' in ${owner([userId, bare])} order by id`
  expect(told).toEqual([
    { id: changed?.eventId, how: 'CHANGED', kept: SESSION },
    { id: expect.any(String), how: 'SET', kept: SESSION },
  ])
  expect([await actsOn(userId), await actsOn(bare)]).toEqual([['password.change'], ['password.set']])
})

test('6.5: a change that a sign-in asks for keeps no session, and tells of the ticket that goes on', async () => {
  const userId = await someone()
  const stored = password('new')
  const changed = await stores.changes.change({
    ...{ userId, sessionId: null, keptTicket: 'ticket', from: 'old', stored, by: BY },
  })

  expect(changed).toMatchObject({ keptSessionId: null, keptTicket: 'ticket' })
  const told = await owner`select payload->'keptSessionId' as session, payload->>'keptTicket' as ticket
    from passwords.outbox where name = 'password.changed' and payload->>'userId' = ${userId}`
  expect(told).toEqual([{ session: null, ticket: 'ticket' }])
})

test('10.1: whoever changes the password ends the link of a reset, and one of both goes first', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const userId = await someone()
    const digest = new Uint8Array(32).fill(round)
    const link = { digest, address: 'a', sealedToken: 's', resetUrl: 'https://id.test/account/reset' }
    await stores.resets.request({ userId, link, by: BY })
    const [changed, reset] = await Promise.all([
      change(userId, 'old', 'changed'),
      stores.resets.complete({
        means: { by: 'LINK', digest },
        stored: password('reset'),
        proof: null,
        by: BY,
      }),
    ])

    expect([changed !== null, reset.kind === 'done'].filter(Boolean)).toHaveLength(1)
    expect((await stores.credentials.find(userId))?.phc).toBe(changed ? 'changed' : 'reset')
  }
})

test('6.1: what is not known to be long is another one at the next sign-in, once no factor stands beside it', async () => {
  const [long, short, unknown] = [someUserId(), someUserId(), await someone()]
  await stores.credentials.insertUnclaimed(long, { ...password('old'), isLong: true })
  await stores.credentials.insertUnclaimed(short, { ...password('old'), isLong: true })
  const stored = { ...password('new'), isLong: false }
  await stores.changes.change({
    userId: short,
    sessionId: SESSION,
    keptTicket: null,
    from: 'old',
    stored,
    by: BY,
  })

  const lengths = await Promise.all([long, short, unknown, someUserId()].map(stores.credentials.findLength))
  for (const userId of [long, short, unknown]) {
    await database.db.transaction((tx) => requireLonger(tx, userId))
  }
  const found = await Promise.all([long, short, unknown].map(stores.credentials.find))

  expect(lengths).toEqual(['long', 'short', 'unknown', null])
  expect(found.map((one) => one?.mustChange)).toEqual([false, true, true])
  expect(found.slice(1).map((one) => one?.changeReason)).toEqual(['TOO_SHORT', 'TOO_SHORT'])
})

test('a change that is required is known until there is one, and of nobody without a password', async () => {
  const userId = await someone()
  const require = (id: string) => stores.changes.requireChange(id, { reason: 'leaked', by: BY })

  expect(await require(userId)).toBe(true)
  expect(await stores.credentials.find(userId)).toMatchObject({
    mustChange: true,
    changeReason: 'ADMIN_RESET',
  })
  await change(userId, 'old', 'new')
  expect(await stores.credentials.find(userId)).toMatchObject({ mustChange: false })
  expect(await require(someUserId())).toBe(false)
  const [act] = await owner`select payload->'detail' as detail from passwords.outbox
    where payload->>'subjectId' = ${userId} and payload->>'action' = 'password.require-change'`
  expect(act).toEqual({ detail: { reason: 'leaked' } })
})

test('why it has to be another: what staff asked for, before or after, stays the reason', async () => {
  const [before, after, again] = [await someone(), await someone(), await someone()]
  const ask = (userId: string) => stores.changes.requireChange(userId, { reason: null, by: BY })
  const takeFactor = (userId: string) => database.db.transaction((tx) => requireLonger(tx, userId))
  const reasonOf = async (userId: string) => (await stores.credentials.find(userId))?.changeReason

  await ask(before)
  await takeFactor(before)
  await takeFactor(after)
  await ask(after)
  await ask(again)
  await change(again, 'old', 'new')
  await takeFactor(again)

  expect([await reasonOf(before), await reasonOf(after)]).toEqual(['ADMIN_RESET', 'ADMIN_RESET'])
  expect(await reasonOf(again)).toBe('TOO_SHORT')
})

test('13.8: what an older version asked for was asked for by staff, whatever was asked for before', async () => {
  const userId = await someone()
  await database.db.transaction((tx) => requireLonger(tx, userId))
  await change(userId, 'old', 'new')
  await owner`update passwords.credentials set must_change = true where user_id = ${idToUuid('usr', userId)}`

  expect(await stores.credentials.find(userId)).toMatchObject({
    mustChange: true,
    changeReason: 'ADMIN_RESET',
  })
})
