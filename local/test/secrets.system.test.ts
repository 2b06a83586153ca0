import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { findRedisBinary } from '../services/debian-redis.js'
import { startInbox } from '../services/inbox.js'
import { findPostgres } from '../services/postgres-url.js'
import { startRedis } from '../services/redis.js'
import { removeData } from './remove-data.js'
import { createFinder, type Finder } from './secrets/finder.js'
import { formsOf, type Secret } from './secrets/forms.js'
import { liveLong } from './secrets/long-life.js'
import { filesIn, type Place, redisOf, tablesOf } from './secrets/places.js'
import { startTalkativeProviders } from './secrets/talkative-providers.js'
import { type Watch, watchSecrets } from './secrets/watch-secrets.js'
import { type GraphShape, type RunningGraph, startGraph } from './start-graph.js'

// Somebody lives long; then every place that the graph writes to is searched for every secret that was seen on the way.

type Stoppable = { stop(): Promise<unknown> }

const log = () => {}
const TWILIO = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'only-twilio-knows-this-token-0123456789',
}
/** What people type, and what they are given. */
const TYPED = ['password', 'newPassword', 'currentPassword', 'code', 'text that no column takes']
const HANDED_OUT = [
  ...['code of a message', 'token of a link', 'recoveryCodes', 'secret', 'clientSecret'],
  ...['accessToken', 'refreshToken', 'deviceToken', 'cookie', 'grant', 'loginTicket', 'stepUpTicket'],
]
const SIGNED_TOKEN = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g

const binary = await findRedisBinary({ cacheDir: resolve('.cache'), allowDownload: true })
const SHAPES = [
  { name: 'one process, on PostgreSQL alone', entry: 'start.js', withRedis: false },
  ...(binary ? [{ name: 'many processes, on Redis', entry: 'start-processes.js', withRedis: true }] : []),
]

describe.each(SHAPES)('12.3, 11.4: after a long life in $name', ({ entry, withRedis }) => {
  const services: Stoppable[] = []
  let folder: string
  let graph: RunningGraph
  let redisUrl: string | null = null
  let watch: Watch
  let sql: postgres.Sql
  let find: Finder

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-secrets-'))
    const dataDir = join(folder, 'data')
    watch = watchSecrets()
    // The mailbox is the person's: it is not among the places of the graph.
    const inbox = await startInbox({ dataDir: join(folder, 'person'), webPort: 0, smtpPort: 0, log })
    const providers = await startTalkativeProviders({
      inboxSmtpUrl: inbox.smtpUrl,
      onMessage: watch.readMessage,
    })
    const redis = withRedis ? await startRedis({ dataDir, binary, log }) : null
    services.push(inbox, providers, ...(redis ? [redis] : []))
    redisUrl = redis?.url ?? null
    const shape: GraphShape = {
      ...{ name: 'secrets', folder: 'secrets', entry, keepsEveryWord: true },
      env: {
        ...{ LOG_LEVEL: 'debug', SMTP_URL: providers.smtpUrl, ...TWILIO, TWILIO_FROM: '+12025550123' },
        ...{ SMS_PROVIDER: 'twilio', SMS_COUNTRIES: 'DE', TWILIO_API_URL: providers.twilioUrl },
        ...(redis ? { REDIS_URL: redis.url } : { QUEUE: 'postgres' }),
      },
    }
    graph = await startGraph(shape, dataDir)
    Object.assign(process.env, graph.env, { INBOX_URL: inbox.webUrl })
    sql = postgres((await findPostgres(dataDir)) ?? '', { max: 1, onnotice: () => {} })

    await liveLong(watch.remember, providers.failures)

    watch.remember('token of the text provider', TWILIO.TWILIO_AUTH_TOKEN)
    find = createFinder([...watch.secrets(), ...(await keysOf(dataDir))].flatMap(formsOf))
  }, 180_000)

  afterAll(async () => {
    watch?.stop()
    await sql?.end()
    await graph?.stop()
    for (const service of services.toReversed()) await service.stop()
    await removeData(folder)
  }, 60_000)

  /** What was found, and where. */
  const leaksIn = (places: Place[]) =>
    places.flatMap(({ name, content }) => {
      const found = find(content)
      const tokens = [...content.toString('latin1').matchAll(SIGNED_TOKEN)].map(() => 'a signed token')
      return [...new Set([...found, ...tokens])].map((what) => `${what} in ${name}`)
    })

  const logged = (): Place => ({ name: 'the log', content: Buffer.from(graph.lastWords()) })
  const stored = async () => [...(await tablesOf(sql)), ...(redisUrl ? await redisOf(redisUrl) : [])]
  const written = async () => [
    ...(await filesIn(graph.env.GRAPH_DATA_DIR)),
    // Elsewhere where PostgreSQL runs as another user, who cannot reach this folder.
    ...(await filesIn(await folderOfCluster(sql))),
  ]

  test('many secrets of every kind have been seen', () => {
    const kinds = new Set(watch.secrets().map(({ kind }) => kind))

    expect(watch.secrets().length).toBeGreaterThan(150)
    expect([...kinds]).toEqual(expect.arrayContaining([...TYPED, ...HANDED_OUT]))
  })

  test('none of them is in any table or queue', async () => {
    const places = await stored()

    expect(places.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['users.outbox', 'otp.challenges', 'notifications.messages']),
    )
    expect(places.some(({ name }) => name.startsWith(withRedis ? 'Redis usergraph:events-' : 'queue.'))).toBe(
      true,
    )
    expect(leaksIn(places)).toEqual([])
  })

  test('none of them was ever written to a file, which shows what rows and queues held meanwhile', async () => {
    const places = (await written()).filter(({ name }) => name !== 'keys.json')
    const names = places.map(({ name }) => name)

    expect(names).toEqual(expect.arrayContaining([expect.stringContaining('pg_wal/')]))
    expect(names.some((name) => name.includes('appendonly'))).toBe(withRedis)
    expect(leaksIn(places)).toEqual([])
  })

  test('what a place holds is found, in each of its forms', async () => {
    const [code, password] = [someOf('code of a message'), someOf('password')]
    await sql`create table public.planted (id serial, words text, bytes bytea, data jsonb)`
    await sql`insert into public.planted (words) values (${`the code ${code} is yours`})`
    await sql`insert into public.planted (bytes) values (${Buffer.from(`x${password}`)})`
    await sql`insert into public.planted (data) values (${sql.json({ deep: [Buffer.from(password).toString('base64')] })})`
    const token = Buffer.from(someOf('token of a link'), 'base64url')
    await sql`insert into public.planted (bytes) values (${token})`
    await sql`checkpoint`

    const inTables = leaksIn(await tablesOf(sql))
    const inFiles = leaksIn((await written()).filter(({ name }) => /pg_wal|base/.test(name)))

    expect(new Set(inTables)).toEqual(
      new Set(
        [
          ...['code of a message', 'password', 'password, hex', 'password, base64'],
          ...['token of a link, decoded', 'token of a link, hex'],
        ].map((what) => expect.stringContaining(`${what} in public.planted`)),
      ),
    )
    expect(inFiles).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^password in .*pg_wal/),
        expect.stringContaining('base/'),
      ]),
    )
    if (redisUrl) expect(await plantedIn(redisUrl, code)).toEqual(['code of a message in Redis planted'])
  })

  test('none of them is in the log of any process, down to its end', async () => {
    const lastWord = once(graph.process, 'close')
    await graph.stop()
    await lastWord
    const { name, content } = logged()
    const planted = Buffer.concat([content, Buffer.from(`{"event":"x","said":"${someOf('password')}"}\n`)])

    expect(`${content}`).toContain('"event":"message.dead-lettered"')
    expect(`${content}`).toContain('"event":"message.deferred"')
    expect(`${content}`.match(/"event":"request"/g)?.length).toBeGreaterThan(100)
    expect(leaksIn([{ name, content }])).toEqual([])
    expect(leaksIn([{ name, content: planted }])).toEqual([expect.stringMatching(/assword in the log/)])
  })

  const someOf = (kind: string): string =>
    watch.secrets().findLast((secret) => secret.kind === kind)?.text ?? ''

  async function plantedIn(url: string, code: string) {
    const { Redis } = await import('ioredis')
    const redis = new Redis(url)
    await redis.hset('planted', 'said', `your code: ${code}`)
    redis.disconnect()
    return leaksIn((await redisOf(url)).filter(({ name }) => name === 'Redis planted'))
  }
})

async function folderOfCluster(sql: postgres.Sql): Promise<string> {
  const [row] = await sql`show data_directory`
  return row?.['data_directory']
}

/** What signs, seals and peppers, from the one file that may hold it. */
async function keysOf(dataDir: string): Promise<Secret[]> {
  const keys = JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8')) as Record<string, string>
  return Object.entries(keys).flatMap(([kind, value]) => {
    if (!value.startsWith('{')) return [{ kind, text: value.replace(/^\d+:/, '') }]
    const { d } = JSON.parse(value) as { d?: string }
    return d ? [{ kind, text: d }] : []
  })
}
