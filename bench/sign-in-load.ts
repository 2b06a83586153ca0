import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { type Answered, ask, someNetwork } from '../router/test/seed/ask.js'
import { LoginDocument } from '../sdk/__generated__/operations.js'

// The process that signs in, apart from the one that measures: `fork`ed, told who and how many at once, told to stop.

type Person = { email: string; password: string; deviceToken: string }

export type SignInOrder = { people: Person[]; inFlight: number }

export type SignInReport = {
  signedIn: number[]
  /** By code, how long each answer took; `untyped` are none that our errors look like. */
  refused: Record<string, number[]>
}

const TYPED = new Set(['SERVICE_UNAVAILABLE', 'RATE_LIMITED'])

async function signInUntilStopped(
  { people, inFlight }: SignInOrder,
  stopped: AbortSignal,
): Promise<SignInReport> {
  const report: SignInReport = { signedIn: [], refused: {} }
  let next = 0

  const client = async () => {
    while (!stopped.aborted) {
      const { email, ...rest } = people[next++ % people.length] as Person // there are some
      const startedAt = performance.now()
      const answer = await signIn({ identifier: { email }, tokenDelivery: 'BODY', ...rest })
      const took = performance.now() - startedAt
      if (isIn(answer)) report.signedIn.push(took)
      else await comeBack(answer, took, report, stopped)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, client))
  return report
}

const signIn = (input: object) => ask(LoginDocument, { variables: { input }, ip: someNetwork() })

const isIn = ({ data }: Answered): boolean =>
  ((data?.['login'] ?? { result: null }) as { result: object | null }).result !== null

/** Waits as it was told to, as our SDK does. */
async function comeBack(answer: Answered, took: number, { refused }: SignInReport, stopped: AbortSignal) {
  const [code = 'no code'] = answer.codes
  const kind = TYPED.has(code) ? code : `untyped: ${code}`
  refused[kind] = [...(refused[kind] ?? []), took]
  const seconds = Number(answer.errors?.[0]?.extensions['retryAfterSeconds'] ?? 1)
  await pause(seconds * 1000, undefined, { signal: stopped }).catch(() => {})
}

process.once('message', async (order: SignInOrder) => {
  const stop = new AbortController()
  setMaxListeners(order.inFlight, stop.signal)
  process.once('message', () => stop.abort())
  const report = await signInUntilStopped(order, stop.signal)
  process.send?.(report, () => process.disconnect())
})
