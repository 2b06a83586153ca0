import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type Answered, ask, someNetwork } from '../router/test/seed/ask.js'
import { login, register, somePerson, type Tokens } from '../router/test/seed/people.js'
import { type Bench, inBatches, inMs, median, quantile, type Row, timed } from './bench.js'
import type { SignInOrder, SignInReport } from './sign-in-load.js'

const PEOPLE = 240
/** So many that nobody comes near the 1200 requests a minute that one person has: a refusal costs little, and says nothing. */
const READERS = 80
const AT_ONCE = 8
const SECONDS = 20
const SETTLE_SECONDS = 3
/** Of those who sign in, from before the reads settle. */
const SIGNING_IN_SECONDS = SETTLE_SECONDS + SECONDS
const FEW = 16
const MANY = 200
/** A step below the graph, which one would not put on the machine of its clients. */
const NICENESS = 5

/** SECURITY 6.4: `me` beside sign-ins, and what is left of the rate when there are far too many. */
const P99_TO_IDLE = 1.5
const RATE_TO_FEW = 0.85
const REFUSED_WITHIN_MS = 2_500

/** What sign-ins do to reads, and too many of them to each other. */
export const load: Bench = {
  title: `me one after another for ${SECONDS} s, beside ${FEW} and ${MANY} sign-ins in flight`,

  async measure(owner) {
    const people = await somePeople(owner, PEOPLE)
    const readMe = await makeReadMe(owner)

    await readFor(readMe, SETTLE_SECONDS)
    const idle = await readFor(readMe, SECONDS)
    const few = await beside({ people, inFlight: FEW }, readMe)
    const many = await beside({ people, inFlight: MANY }, readMe)
    const [rateOfFew, rateOfMany] = [few, many].map(
      ({ report }) => report.signedIn.length / SIGNING_IN_SECONDS,
    ) as [number, number]

    const rows: Row[] = [
      rowOf('0', idle, idle, null),
      rowOf(String(FEW), few.reads, idle, few.report),
      rowOf(String(MANY), many.reads, idle, many.report),
    ]
    const refused = Object.entries(many.report.refused)
    const holds =
      quantile(few.reads, 0.99) <= P99_TO_IDLE * quantile(idle, 0.99) &&
      rateOfMany >= RATE_TO_FEW * rateOfFew &&
      refused.every(
        ([code, times]) => !code.startsWith('untyped') && quantile(times, 0.99) < REFUSED_WITHIN_MS,
      )
    return { rows, holds }
  },
}

/** Reads as one person after another: not those who sign in beside, whose oldest sessions end as they go on. */
async function makeReadMe(owner: Owner): Promise<() => Promise<void>> {
  const readers: { token: string; ip: string }[] = []
  await inBatches(await somePeople(owner, READERS), AT_ONCE, async (person) => {
    readers.push({ token: (await signedIn(person)).tokens.accessToken, ip: someNetwork() })
  })
  let next = 0

  return async () => {
    mustBeRead(await ask('{ me { id username email } }', readers[next++ % readers.length]))
  }
}

function mustBeRead({ data, codes }: Answered): void {
  if (!data?.['me']) throw new Error(`an answer that measures nothing: ${codes.join(', ')}`)
}

type Owner = Parameters<Bench['measure']>[0]

/** Verified, and each with a device that is known, so that no mail is sent for a sign-in. */
async function somePeople(owner: Owner, count: number) {
  const people = Array.from({ length: count }, somePerson)
  await inBatches(people, AT_ONCE, ({ email, password, ip }) => register({ email, password }, ip))
  const emails = people.map(({ email }) => email)
  await owner`update users.users set status = 'ACTIVE', verified_at = now(), email_verified_at = now() where email = any(${emails})`
  const known: SignInOrder['people'] = []
  await inBatches(people, AT_ONCE, async ({ email, password }) => {
    const { tokens } = await signedIn({ email, password })
    known.push({ email, password, deviceToken: tokens.deviceToken ?? '' })
  })
  return known
}

async function signedIn({ email, ...rest }: { email: string; password: string; deviceToken?: string }) {
  const { data } = await login({ identifier: { email }, tokenDelivery: 'BODY', ...rest })
  return (data['login'] as unknown as { result: { tokens: Tokens } }).result
}

async function readFor(read: () => Promise<unknown>, seconds: number): Promise<number[]> {
  const times: number[] = []
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) times.push(await timed(read))
  return times
}

async function beside(order: SignInOrder, read: () => Promise<unknown>) {
  const child = fork(fileURLToPath(new URL('./sign-in-load.js', import.meta.url)))
  setPriority(child.pid ?? 0, NICENESS)
  child.send(order)
  await readFor(read, SETTLE_SECONDS)
  const reads = await readFor(read, SECONDS)
  const answered = once(child, 'message')
  child.send('stop')
  const [report] = (await answered) as [SignInReport]
  return { reads, report }
}

function rowOf(inFlight: string, reads: number[], idle: number[], report: SignInReport | null): Row {
  const refused = Object.values(report?.refused ?? {}).flat()
  return {
    'sign-ins in flight': inFlight,
    'me p50 ms': inMs(median(reads)),
    'me p99 ms': inMs(quantile(reads, 0.99)),
    'p99 to idle': inMs(quantile(reads, 0.99) / quantile(idle, 0.99)),
    'signed in a second': report ? inMs(report.signedIn.length / SIGNING_IN_SECONDS) : '',
    'sign-in p50 ms': report ? inMs(median(report.signedIn)) : '',
    refused: report ? `${refused.length} ${Object.keys(report.refused).join(', ')}` : '',
    'refused p99 ms': refused.length > 0 ? inMs(quantile(refused, 0.99)) : '',
  }
}
