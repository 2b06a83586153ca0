import type { Sql } from 'postgres'
import { type Answered, ask, someNetwork } from '../router/test/seed/ask.js'
import { register, somePerson } from '../router/test/seed/people.js'
import {
  ForgotPasswordDocument,
  GenerateOtpDocument,
  LoginDocument,
  RegisterDocument,
  ResendEmailVerificationDocument,
} from '../sdk/__generated__/operations.js'
import { ID_PREFIXES, uuidToId } from '../subgraphs/shared/ids/type-id.js'
import { inBatches } from './bench.js'

export type Somebody = ReturnType<typeof somePerson>

/** Asking the same of people of several kinds, which must not be told apart by the time of the answer. */
export type Comparison = {
  what: string
  kinds: readonly Kind[]
  /** Codes to one address are a minute apart, so one of the two kinds of code is asked for by the other half of the people. */
  half?: 'second'
  ask: (person: Somebody, kind: Kind) => Promise<Answered>
}

const KINDS = ['unknown', 'verified', 'disabled', 'locked by failures', 'never verified'] as const
export type Kind = (typeof KINDS)[number]
export type People = Record<Kind, Somebody[]>

const IN_BOTH_HALVES = new Set<Kind>(['unknown', 'verified'])
const AT_ONCE = 8

/** Two halves of people, in which comparisons share them: limits count by account and field. */
export async function prepareEveryKind(owner: Sql, half: number): Promise<People> {
  const people: Partial<People> = {}
  for (const kind of KINDS)
    people[kind] = await prepare(owner, kind, IN_BOTH_HALVES.has(kind) ? 2 * half : half)
  return people as People // each of them was just made
}

async function prepare(owner: Sql, kind: Kind, count: number): Promise<Somebody[]> {
  const people = Array.from({ length: count }, somePerson)
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

/** The right password, but of a verified account: there it would not be refused. */
const signIn: Comparison['ask'] = ({ email, password }, kind) =>
  asked(LoginDocument, {
    ...{ identifier: { email }, tokenDelivery: 'BODY' },
    password: kind === 'verified' ? 'not the password' : password,
  })

const asked = (query: string, input: object) => ask(query, { variables: { input }, ip: someNetwork() })

const code = (purpose: string) => (email: string) => ({ identifier: { email }, purpose, channel: 'EMAIL' })

const about =
  (query: string, inputOf: (email: string) => object): Comparison['ask'] =>
  ({ email }) =>
    asked(query, inputOf(email))

/** A registration replaces an account that was never verified, so it comes last. */
export const COMPARISONS: readonly Comparison[] = [
  { what: 'refused sign-in', kinds: KINDS, ask: signIn },
  {
    what: 'sign-in by a made-up grant',
    kinds: KINDS,
    ask: about(LoginDocument, (email) => ({ identifier: { email }, grant: 'e30.e30.e30' })),
  },
  {
    what: 'link of a reset',
    kinds: KINDS,
    ask: about(ForgotPasswordDocument, (email) => ({ identifier: { email } })),
  },
  {
    what: 'code of a reset',
    kinds: ['unknown', 'verified'],
    half: 'second',
    ask: about(ForgotPasswordDocument, (email) => ({ identifier: { email }, method: 'OTP' })),
  },
  {
    what: 'code to sign in with',
    kinds: KINDS,
    ask: about(GenerateOtpDocument, code('LOGIN')),
  },
  {
    what: 'another link to verify with',
    kinds: ['unknown', 'verified', 'never verified'],
    ask: about(ResendEmailVerificationDocument, (email) => ({ email })),
  },
  {
    what: 'registration',
    kinds: ['unknown', 'verified', 'never verified'],
    ask: about(RegisterDocument, (email) => ({ email, password: 'plum kettle orbit lantern' })),
  },
]
