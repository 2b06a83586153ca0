import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { takenAddressRegistered } from '../../subgraphs/shared/contracts/users.js'
import { uuidToId } from '../../subgraphs/shared/ids/type-id.js'
import { newUuid } from '../../subgraphs/shared/ids/uuid.js'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import { startSmtpStub } from '../../subgraphs/shared/test/smtp-stub.js'
import { findPostgres } from '../services/postgres-url.js'
import { startRedis } from '../services/redis.js'
import { isTrueWithin } from '../services/stop-process.js'
import { removeData } from './remove-data.js'
import { type RunningGraph, startGraph } from './start-graph.js'

const MESSAGES = 200
const SENDER = 'subgraphs/notifications/index.js'
/** What a killed process was sending is free again after 30 s, and what a queue has lost is noticed within a few. */
const ALL_WITHIN_MS = 60_000

export type DeliveryKit = Awaited<ReturnType<typeof startDeliveryKit>>

/** A graph in many processes with a Redis of its own, and a mail server that nobody kills: what it has taken it keeps. */
export async function startDeliveryKit() {
  const folder = await mkdtemp(join(tmpdir(), 'usergraph-delivery-'))
  const services: { stop(): Promise<void> }[] = []
  const stop = async () => {
    for (const service of services.toReversed()) await service.stop()
    await removeData(folder)
  }
  try {
    return { ...(await startServices(folder, services)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startServices(folder: string, services: { stop(): Promise<void> }[]) {
  const smtp = await startSmtpStub()
  services.push(smtp)
  let redis = await startOwnRedis(folder)
  services.push({ stop: () => redis.stop() })
  const graph = await startGraph(
    {
      ...{ name: 'many processes', folder: 'many', entry: 'start-processes.js' },
      env: { REDIS_URL: redis.url, SMTP_URL: smtp.url },
    },
    join(folder, 'graph'),
  )
  services.push(graph)
  Object.assign(process.env, graph.env)
  const owner = postgres((await findPostgres(join(folder, 'graph'))) ?? '', { max: 2, onnotice: () => {} })
  services.push({ stop: () => owner.end() })

  return {
    ...{ smtp, graph, owner, person: await somebodyVerified(owner) },

    /** Stops Redis, forgets all that it held, and starts it again. */
    async loseRedisFor(ms: number) {
      await redis.stop()
      await rm(join(folder, 'redis', 'appendonlydir'), { recursive: true })
      await pause(ms)
      redis = await startOwnRedis(folder)
    },
  }
}

async function startOwnRedis(dataDir: string) {
  const redis = await startRedis({ dataDir, searchCache: resolve('.cache'), log: () => {} })
  if (!redis) throw new Error('this test needs a Redis: `REQUIRE_REDIS=1 npm test`')
  return redis
}

async function somebodyVerified(owner: postgres.Sql): Promise<string> {
  const [row] = await owner`
    insert into users.users (id, status, email, email_verified_at, verified_at, username, locale, created_at, updated_at)
    values (gen_random_uuid(), 'ACTIVE', 'ada@acme.test', now(), now(), 'ada', 'en', now(), now()) returning id`
  return row?.['id']
}

/** Has many things to tell happen at once; the ids of the events. */
export async function tellMany({ owner, person }: DeliveryKit, many = MESSAGES): Promise<string[]> {
  const payload = { userId: uuidToId('usr', person) }
  const rows = Array.from({ length: many }, () => ({
    id: newUuid(),
    name: takenAddressRegistered.name,
    payload,
  }))
  await owner`insert into users.outbox ${owner(rows as never[])}` // its types know no JSON
  return rows.map(({ id }) => id)
}

/** Which lease of which message a process held that is no more. */
export type Abandoned = { id: string; lease: string }

/** Kills the process that sends, after some of the messages, and tells what it had in hand. */
export async function killTheSender({ graph, owner, smtp }: DeliveryKit): Promise<Abandoned[]> {
  const from = smtp.offered.length
  const after = randomInt(MESSAGES)
  await isTrueWithin(ALL_WITHIN_MS, async () => smtp.offered.length - from >= after)
  await pause(randomInt(20))
  const pid = await eventually(async () => senderOf(graph))
  process.kill(pid, 'SIGKILL')
  await eventually(async () => senderOf(graph) !== pid)
  return owner<Abandoned[]>`select id, lease from notifications.messages where status = 'SENDING'`
}

function senderOf({ process: { pid } }: RunningGraph): number | null {
  const rows = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n')
  const row = rows
    .map((line) => line.trim().split(/\s+/))
    .find(([, parent, ...args]) => Number(parent) === pid && args.join(' ').includes(SENDER))
  return row ? Number(row[0]) : null
}

/** How often each message was taken, once all that the events call for are sent, or none more was for a minute. */
export async function copiesOf({ owner, smtp }: DeliveryKit, eventIds: readonly string[]) {
  const keys = eventIds.map((id) => `${id}:ACCOUNT_EXISTS`)
  const findSent = () =>
    owner`select id from notifications.messages where status = 'SENT' and dedupe_key = any(${keys})`
  let sent = await findSent()
  let before = -1
  while (sent.length < keys.length && sent.length > before) {
    before = sent.length
    await isTrueWithin(ALL_WITHIN_MS, async () => {
      sent = await findSent()
      return sent.length === keys.length
    })
  }
  const copies = new Map<string, number>(sent.map(({ id }) => [id, 0]))
  for (const { source } of smtp.offered) {
    const id = /^Message-ID: <([^@]+)@/m.exec(source)?.[1] ?? ''
    if (copies.has(id)) copies.set(id, (copies.get(id) ?? 0) + 1)
  }
  return copies
}

/** Messages of which there are more copies than one and one for each process that was killed with them in hand. */
export function excessOf(copies: ReadonlyMap<string, number>, abandoned: readonly Abandoned[]): string[] {
  const leases = new Map<string, Set<string>>()
  for (const { id, lease } of abandoned) leases.set(id, (leases.get(id) ?? new Set()).add(lease))
  return [...copies].filter(([id, count]) => count > 1 + (leases.get(id)?.size ?? 0)).map(([id]) => id)
}
