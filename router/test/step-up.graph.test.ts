import { ask } from './seed/ask.js'
import { type Person, type SignedIn, someVerified, type Tokens } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const BEGIN = `mutation($input: BeginStepUpInput!) {
  beginStepUp(input: $input) { stepUpTicket methods userErrors { code field } }
}`
const COMPLETE = `mutation($input: CompleteStepUpInput!) {
  completeStepUp(input: $input) {
    tokens { accessToken refreshToken }
    session { id isCurrent state methods authenticatedAt absoluteExpiresAt user { id email } }
    userErrors { code field }
  }
}`
const RACERS = 20

type Begun = { stepUpTicket: string | null; methods: string[]; userErrors: { code: string }[] }
type Completed = {
  tokens: Pick<Tokens, 'accessToken' | 'refreshToken'> | null
  session: { id: string; user: { id: string; email: string } } | null
  userErrors: { code: string; field: string[] | null }[]
}

async function begin({ tokens }: SignedIn, input: object = {}): Promise<Begun> {
  const { data } = await ask(BEGIN, { token: tokens.accessToken, variables: { input } })
  return data['beginStepUp'] as unknown as Begun
}

async function complete({ tokens }: SignedIn, input: object, ip: string): Promise<Completed> {
  const given = { method: 'PASSWORD', ...input }
  const { data } = await ask(COMPLETE, { token: tokens.accessToken, variables: { input: given }, ip })
  return data['completeStepUp'] as unknown as Completed
}

/** Someone signed in who has begun a step-up. */
async function someBegun(): Promise<{ ada: Person; old: SignedIn; proof: Record<string, unknown> }> {
  const ada = await someVerified()
  const old = await ada.signIn()
  const { stepUpTicket } = await begin(old)
  return { ada, old, proof: { stepUpTicket, password: ada.password } }
}

describe('step-up', () => {
  test('5.4: the session goes on under a new id with fresh tokens, and the old one is refused', async () => {
    const { ada, old, proof } = await someBegun()

    const { tokens, session, userErrors } = await complete(old, proof, ada.ip)

    expect(userErrors).toEqual([])
    expect(session).toMatchObject({ isCurrent: true, state: 'ACTIVE', methods: ['PASSWORD'] })
    expect(session?.user).toEqual({ id: old.userId, email: ada.email })
    expect(session?.id).not.toBe(old.sessionId)
    expect(await untilRefused(old.tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect((await ask('{ me { id } }', { token: tokens?.accessToken ?? '' })).status).toBe(200)
  })

  test('a proof that is fresh enough needs no other', async () => {
    const old = await (await someVerified()).signIn()

    expect(await begin(old, { maxAgeSeconds: 60 })).toEqual({
      stepUpTicket: null,
      methods: [],
      userErrors: [],
    })
    expect(await begin(old, { assurance: 'AAL2' })).toMatchObject({ userErrors: [{ code: 'NOT_ENROLLED' }] })
  })

  test('a wrong password leaves the session as it is, and its ticket good for another try', async () => {
    const { ada, old, proof } = await someBegun()

    const wrong = await complete(old, { ...proof, password: 'not it at all' }, ada.ip)
    const right = await complete(old, proof, ada.ip)

    expect(wrong).toMatchObject({
      session: null,
      userErrors: [{ code: 'WRONG_PASSWORD', field: ['password'] }],
    })
    expect(right.userErrors).toEqual([])
  })

  test('5.4: of many that complete one step-up at once, one goes on', async () => {
    const { ada, old, proof } = await someBegun()
    // Fewer than the account's ten attempts: all of them get as far as the session.
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => complete(old, proof, ada.ip)))

    expect(outcomes.filter(({ session }) => session !== null)).toHaveLength(1)
  })

  test('7.1: guesses at the password are counted with those at the sign-in', async () => {
    const { ada, old, proof } = await someBegun()

    const guesses = await Promise.all(
      Array.from({ length: RACERS }, () => complete(old, { ...proof, password: 'a guess' }, ada.ip)),
    )

    const codes = guesses.map(({ userErrors }) => userErrors[0]?.code)
    expect(codes.filter((code) => code === 'WRONG_PASSWORD')).toHaveLength(10)
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(RACERS - 10)
    await expect(ada.signIn()).rejects.toThrow('INVALID_CREDENTIALS')
  })

  test('4.3: a ticket is worth nothing in another session, and another kind of token is none', async () => {
    const { ada, old, proof } = await someBegun()
    const other = await ada.signIn()

    const elsewhere = await complete(other, proof, ada.ip)
    const forged = await complete(old, { ...proof, stepUpTicket: old.tokens.accessToken }, ada.ip)

    for (const { session, userErrors } of [elsewhere, forged]) {
      expect([session, userErrors]).toEqual([null, [{ code: 'EXPIRED', field: ['stepUpTicket'] }]])
    }
  })

  test('nobody steps up who is not signed in', async () => {
    const { status, codes } = await ask(COMPLETE, {
      variables: { input: { stepUpTicket: 'x', method: 'PASSWORD', password: 'x' } },
    })

    expect([status, codes]).toEqual([401, ['UNAUTHENTICATED']])
  })
})
