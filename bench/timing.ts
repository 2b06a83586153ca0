import type { Sql } from 'postgres'
import { ask, someNetwork } from '../router/test/seed/ask.js'
import { register, somePerson } from '../router/test/seed/people.js'
import { LoginDocument } from '../sdk/__generated__/operations.js'
import { ID_PREFIXES, uuidToId } from '../subgraphs/shared/ids/type-id.js'
import { type Bench, inBatches, inMs, median, quantile, timed } from './bench.js'

/** SECURITY 7.4: distinct accounts and networks, the kinds taken in turn, so that whatever drifts drifts for all. */
const SAMPLES = 300
const LIMIT_MS = 5
const AT_ONCE = 8
const WARM_UP = 20

type Somebody = ReturnType<typeof somePerson>

const KINDS = ['unknown', 'wrong password', 'disabled', 'locked by failures', 'never verified'] as const
type Kind = (typeof KINDS)[number]

/** How long a refused sign-in takes, whoever is named: the difference would say who has an account. */
export const timing: Bench = {
  title: `Refused sign-ins, ${SAMPLES} of each kind in turn; medians must lie within ${LIMIT_MS} ms (SECURITY 7.4)`,

  async measure(owner) {
    const people = new Map<Kind, Somebody[]>()
    for (const kind of KINDS) people.set(kind, await prepare(owner, kind))
    const samples = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]))

    for (let round = 0; round < SAMPLES + WARM_UP; round++) {
      for (const kind of KINDS.toSorted(() => Math.random() - 0.5)) {
        const person = people.get(kind)?.[round]
        const took = await timed(() => signIn(person ?? somePerson(), kind))
        if (round >= WARM_UP) samples.get(kind)?.push(took)
      }
    }
    return report(samples)
  },
}

async function prepare(owner: Sql, kind: Kind): Promise<Somebody[]> {
  const people = Array.from({ length: SAMPLES + WARM_UP }, somePerson)
  if (kind === 'unknown') return people

  await inBatches(people, AT_ONCE, ({ email, password, ip }) => register({ email, password }, ip))
  const emails = people.map(({ email }) => email)
  if (kind !== 'never verified') {
    await owner`update users.users set status = ${kind === 'disabled' ? 'DISABLED' : 'ACTIVE'},
      verified_at = now(), email_verified_at = now() where email = any(${emails})`
  }
  if (kind === 'locked by failures') {
    // As after ten failed checks within the quarter of an hour; counters are kept by the person's id.
    const ids = await owner<{ id: string }[]>`select id from users.users where email = any(${emails})`
    const subjects = ids.map(({ id }) => uuidToId(ID_PREFIXES.user, id))
    await owner`insert into auth.sign_in_failures (subject, attempts, window_started_at, consecutive)
      select unnest(${subjects}::text[]), 10, now(), 10`
  }
  return people
}

/** The right password where nobody may learn that it is right. */
const signIn = ({ email, password }: Somebody, kind: Kind) =>
  ask(LoginDocument, {
    variables: {
      input: {
        identifier: { email },
        password: kind === 'wrong password' ? 'not the password' : password,
        tokenDelivery: 'BODY',
      },
    },
    ip: someNetwork(),
  })

function report(samples: ReadonlyMap<Kind, readonly number[]>) {
  const base = median(samples.get('unknown') ?? [])
  const medians = [...samples.values()].map(median)
  const rows = [...samples].map(([kind, values]) => ({
    kind,
    'median ms': inMs(median(values)),
    'p95 ms': inMs(quantile(values, 0.95)),
    'to unknown': inMs(median(values) / base),
  }))
  return { rows, holds: Math.max(...medians) - Math.min(...medians) < LIMIT_MS }
}
