import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { findPostgres } from '../local/services/postgres-url.js'
import { removeData } from '../local/test/remove-data.js'
import { startGraph } from '../local/test/start-graph.js'
import { type Answered, type Asking, ask } from '../router/test/seed/ask.js'
import { someNumber, somePerson } from '../router/test/seed/people.js'
import { GenerateOtpDocument, RegisterDocument } from '../sdk/__generated__/operations.js'
import { startSmsStub } from '../subgraphs/notifications/test/sms-stub.js'
import { SILENCE, startSmtpStub } from '../subgraphs/shared/test/smtp-stub.js'
import { inMs, type Measured, median, quantile, type Row, timed } from './bench.js'

/** SECURITY 11.6. */
const P99_TO_ANSWERING = 1.1
/** A p99 says what its few slowest say: of one repetition it is noise, so that the median of several is held to the figure. */
const REPETITIONS = 7
const SAMPLES = 400
/** So many on one graph, then as many on the other: what is slow for a while is so for both. */
const BLOCK = 20
const WARM_UP = 40
const COME_BACK_MS = 1000

type Place = Awaited<ReturnType<typeof startPlace>>
type Known = { email: string; phoneNumber: string }

const ASKED: [string, (known: Known) => { query: string; variables: object }][] = [
  [
    'register',
    () => {
      const { email, password } = somePerson()
      return { query: RegisterDocument, variables: { input: { email, password } } }
    },
  ],
  ['generateOtp, by mail', ({ email }) => codeFor({ email }, 'EMAIL')],
  ['generateOtp, by text', ({ phoneNumber }) => codeFor({ phoneNumber }, 'SMS')],
]

const codeFor = (identifier: object, channel: string) => ({
  query: GenerateOtpDocument,
  variables: { input: { purpose: 'LOGIN', channel, identifier } },
})

/** What it costs those who ask that nobody takes mails and texts. */
export const hung = {
  title: `${REPETITIONS} times ${SAMPLES} of each, by turns of ${BLOCK} on a graph whose providers answer and on one whose providers accept and say nothing`,

  async measure(): Promise<Measured> {
    const folder = await mkdtemp(join(tmpdir(), 'usergraph-bench-'))
    const answering = await startPlace(join(folder, 'answering'), 'ANSWERING')
    const silent = await startPlace(join(folder, 'hung'), 'HUNG').catch(async (error: unknown) => {
      await answering.stop()
      throw error
    })
    try {
      const repetitions = await measureBoth({ answering, silent })
      console.log(
        `Taken: ${answering.taken()} and ${silent.taken()}; left: ${await left(answering)} and ${await left(silent)}`,
      )
      return verdictOn(repetitions)
    } finally {
      await answering.stop()
      await silent.stop()
      await removeData(folder)
    }
  },
}

/** A graph in one process, as is hardest for it: what sends shares its event loop with what answers. */
async function startPlace(dataDir: string, providers: 'ANSWERING' | 'HUNG') {
  const smtp = await startSmtpStub()
  const sms = await startSmsStub()
  if (providers === 'HUNG') {
    smtp.follow({ CONNECT: SILENCE })
    sms.answerWith(null)
  }
  const env = {
    ...{
      QUEUE: 'postgres',
      SMTP_URL: smtp.url,
      SMS_COUNTRIES: 'DE',
      SMS_PROVIDER: 'http',
      SMS_HTTP_URL: `${sms.url}/`,
    },
    ...{ SMS_HOURLY_MAX: '10000', SMS_HOURLY_MAX_PER_COUNTRY: '10000' },
  }
  const graph = await startGraph({ name: 'bench', folder: 'bench', entry: 'start.js', env }, dataDir)
  const owner = postgres((await findPostgres(dataDir)) ?? '', { max: 2, onnotice: () => {} })

  return {
    ...{ url: graph.url, owner, people: await somePeople(owner) },
    taken: () => smtp.received.length + (providers === 'HUNG' ? 0 : sms.received.length),
    async stop() {
      await owner.end()
      await graph.stop()
      await smtp.stop()
      await sms.stop()
    },
  }
}

/** With a proved address and number. */
async function somePeople(owner: postgres.Sql): Promise<Known[]> {
  const numbers = new Set<string>()
  while (numbers.size < WARM_UP + REPETITIONS * SAMPLES) numbers.add(someNumber())
  const people = [...numbers].map((phoneNumber) => ({ email: somePerson().email, phoneNumber }))
  await owner`
    insert into users.users (id, status, email, email_verified_at, phone_number, phone_number_verified_at, verified_at, locale, created_at, updated_at)
    select gen_random_uuid(), 'ACTIVE', email, now(), number, now(), now(), 'en', now(), now()
    from unnest(${people.map(({ email }) => email)}::text[], ${people.map(({ phoneNumber }) => phoneNumber)}::text[]) as person (email, number)`
  return people
}

const left = async ({ owner }: Place): Promise<number> => {
  const [row] =
    await owner`select count(*)::int as count from notifications.messages where status in ('QUEUED', 'SENDING')`
  return row?.['count']
}

type Both<Value> = { answering: Value; silent: Value }
type Samples = Map<string, Both<number[]>>

/** Each repetition by itself, after some that are not counted. */
async function measureBoth(places: Both<Place>): Promise<Samples[]> {
  await measureOnce(places, { from: 0, count: WARM_UP })
  const repetitions: Samples[] = []
  for (let done = 0; done < REPETITIONS; done++) {
    repetitions.push(await measureOnce(places, { from: WARM_UP + done * SAMPLES, count: SAMPLES }))
  }
  return repetitions
}

/** By turns, and each turn begins with the graph that the one before ended with, so that neither always follows the other. */
async function measureOnce(
  places: Both<Place>,
  { from, count }: { from: number; count: number },
): Promise<Samples> {
  const samples: Samples = new Map(ASKED.map(([what]) => [what, { answering: [], silent: [] }]))
  const order = ['answering', 'silent'] as (keyof Both<Place>)[]
  for (let start = from; start < from + count; start += BLOCK) {
    for (const where of order) {
      for (let person = start; person < start + BLOCK; person++) {
        for (const [what, took] of await timesOf(places[where], person)) samples.get(what)?.[where].push(took)
      }
    }
    order.reverse()
  }
  return samples
}

/** What one of each took, for one person. */
async function timesOf({ url, people }: Place, person: number): Promise<[string, number][]> {
  const times: [string, number][] = []
  for (const [what, asked] of ASKED) {
    const { query, variables } = asked(people[person] as Known) // as many were made
    times.push([what, await timeOf(query, { variables: { ...variables }, url })])
  }
  return times
}

/** What one answer took. One that a limit gave would be quick and measure nothing; who is told to come back does so. */
async function timeOf(query: string, asking: Asking): Promise<number> {
  for (;;) {
    let answer: Answered | null = null
    const took = await timed(async () => {
      answer = await ask(query, asking)
    })
    const { data, codes } = answer as unknown as Answered // it was awaited
    if (JSON.stringify(data).includes('"userErrors":[]')) return took
    if (codes[0] !== 'SERVICE_UNAVAILABLE')
      throw new Error(`not as it should be: ${JSON.stringify([data, codes])}`)
    await pause(COME_BACK_MS)
  }
}

function verdictOn(repetitions: Samples[]): Measured {
  const rows: Row[] = []
  let holds = true
  for (const [asked] of ASKED) {
    const of = (where: keyof Both<Place>, share: number) =>
      repetitions.map((samples) => quantile(samples.get(asked)?.[where] ?? [], share))
    const ratios = of('silent', 0.99).map((hungP99, index) => hungP99 / (of('answering', 0.99)[index] ?? 0))
    holds &&= median(ratios) <= P99_TO_ANSWERING
    rows.push({
      asked,
      'p50 ms, answering': inMs(median(of('answering', 0.5))),
      'p50 ms, hung': inMs(median(of('silent', 0.5))),
      'p99 ms, answering': inMs(median(of('answering', 0.99))),
      'p99 ms, hung': inMs(median(of('silent', 0.99))),
      'p99 to answering': inMs(median(ratios)),
      'from, to': `${inMs(Math.min(...ratios))}, ${inMs(Math.max(...ratios))}`,
    })
  }
  return { rows, holds }
}
