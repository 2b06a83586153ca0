import {
  BeginTotpEnrollmentDocument,
  CompleteLoginDocument,
  ConfirmFirstTotpDocument,
  DisableTotpDocument,
  MyMfaDocument,
} from '../../sdk/__generated__/operations.js'
import { type Answered, ask } from './seed/ask.js'
import { appOf, someWithApp } from './seed/authenticator.js'
import { mailTo } from './seed/inbox.js'
import { someAdmin } from './seed/operators.js'
import { login, type Person, someClient, someVerified } from './seed/people.js'

const ASSIGN = `mutation($id: ID!, $role: String!) {
  assignRole(userId: $id, role: $role) { user { id } userErrors { code } }
}`

type Outcome = {
  result: {
    __typename: string
    loginTicket: string
    methods: string[]
    tokens: { accessToken: string }
  } | null
  userErrors: { code: string; field: string[] | null }[]
}

const RACERS = 50

let root: string

beforeAll(async () => {
  root = (await someAdmin()).session.tokens.accessToken
})

/** Of the roles that the graph under test has, this one demands a second factor. */
const makeClerk = (id: string) => ask(ASSIGN, { token: root, variables: { id, role: 'order-clerk' } })

async function signIn({ email, password, ip }: Person): Promise<Outcome> {
  const answer = await login({ identifier: { email }, password, tokenDelivery: 'BODY' }, ip)
  return answer.data['login'] as unknown as Outcome
}

/** Somebody who is asked to enrol, and their ticket. */
async function someAsked() {
  const ada = await someVerified()
  const { userId, tokens } = await ada.signIn()
  await makeClerk(userId)
  const { result } = await signIn(ada)
  return { ada, userId, tokens, asked: result, ticket: result?.loginTicket ?? '' }
}

const begin = async (loginTicket: string) =>
  (await ask(BeginTotpEnrollmentDocument, { variables: { input: { loginTicket } } })).data[
    'beginTotpEnrollment'
  ] as unknown as { enrollmentId: string; secret: string; userErrors: Outcome['userErrors'] }

const confirm = async (loginTicket: string, enrollmentId: string, code: string) =>
  (await ask(ConfirmFirstTotpDocument, { variables: { input: { loginTicket, enrollmentId, code } } })).data[
    'confirmTotpEnrollment'
  ] as unknown as { recoveryCodes: string[] | null; grant: string; userErrors: Outcome['userErrors'] }

/** Enrols an app by the ticket; the step may end on the way. */
async function enrolled(ticket: string) {
  const { enrollmentId, secret } = await begin(ticket)
  const app = appOf(secret)
  const first = await confirm(ticket, enrollmentId, app.before())
  return { app, enrollmentId, ...(first.grant ? first : await confirm(ticket, enrollmentId, app.before())) }
}

const complete = (loginTicket: string, given: Record<string, unknown>): Promise<Answered> =>
  ask(CompleteLoginDocument, { variables: { input: { loginTicket, ...given } } })

const outcomeOf = ({ data }: Answered) => data['completeLogin'] as unknown as Outcome

const problemsOf = async (loginTicket: string, given: Record<string, unknown>) =>
  outcomeOf(await complete(loginTicket, given)).userErrors.map(({ code, field }) => [code, field])

describe('somebody of whom a role demands a second factor that they do not have', () => {
  test('8.6: enrols an app with the ticket, and is signed in with it at AAL2; they are told', async () => {
    const { ada, asked, ticket } = await someAsked()

    const { recoveryCodes, grant } = await enrolled(ticket)
    const done = outcomeOf(await complete(ticket, { method: 'TOTP', grant }))
    const session = await ask('{ currentSession { assurance methods } }', {
      token: done.result?.tokens.accessToken ?? '',
    })
    const again = await problemsOf(ticket, { method: 'TOTP', grant })

    expect(asked).toEqual({
      ...{ __typename: 'MfaEnrollmentRequired', loginTicket: expect.any(String), methods: ['TOTP'] },
      expiresAt: expect.any(String),
    })
    expect(recoveryCodes).toHaveLength(10)
    expect(session.data).toEqual({ currentSession: { assurance: 'AAL2', methods: ['PASSWORD', 'TOTP'] } })
    expect(again).toEqual([['EXPIRED', ['loginTicket']]])
    expect((await signIn(ada)).result?.__typename).toBe('SecondFactorRequired')
    await mailTo(ada.email, /how you sign in has changed/i)
  })

  test('8.7: gets nothing for the ticket alone, nor before the app has shown a code', async () => {
    const { ticket } = await someAsked()
    const { enrollmentId } = await begin(ticket)

    const wrong = await confirm(ticket, enrollmentId, '000000')
    const alone = await problemsOf(ticket, {})
    const byCode = await problemsOf(ticket, { method: 'TOTP', code: '123456' })

    expect(wrong).toMatchObject({ recoveryCodes: null, grant: null, userErrors: [{ code: 'INVALID_CODE' }] })
    expect([alone, byCode]).toEqual([[['REQUIRED', ['grant']]], [['INVALID', ['code']]]])
  })

  test("4.3, 8.6: another's grant signs nobody in, nor one of another sign-in of the same person", async () => {
    const [ada, bob] = [await someAsked(), await someAsked()]
    const second = (await signIn(ada.ada)).result?.loginTicket ?? ''
    const { grant } = await enrolled(ada.ticket)
    await enrolled(bob.ticket)

    expect(await problemsOf(bob.ticket, { method: 'TOTP', grant })).toEqual([['EXPIRED', ['grant']]])
    expect(await problemsOf(second, { method: 'TOTP', grant })).toEqual([['EXPIRED', ['grant']]])
  })

  test('8.6: with a password alone nobody takes the place of an app that is there', async () => {
    const { ada, ticket } = await someAsked()
    const thief = (await signIn(ada)).result?.loginTicket ?? ''
    const theirs = await begin(thief)
    const app = appOf(theirs.secret)
    await enrolled(ticket)

    const late = await confirm(thief, theirs.enrollmentId, app.now())
    const anew = await begin(thief)

    expect([late.userErrors, anew.userErrors]).toMatchObject([
      [{ code: 'EXPIRED', field: ['loginTicket'] }],
      [{ code: 'EXPIRED', field: ['loginTicket'] }],
    ])
  })

  test('a ticket that asks for the factor that is there enrols no other; without ticket or session nobody does', async () => {
    const { ada } = await someWithApp()
    const ticket = (await signIn(ada)).result?.loginTicket ?? ''

    expect((await begin(ticket)).userErrors).toMatchObject([{ code: 'EXPIRED' }])
    expect((await begin('made up')).userErrors).toMatchObject([{ code: 'EXPIRED' }])
    expect((await ask('mutation { beginTotpEnrollment { secret } }')).codes).toEqual(['UNAUTHENTICATED'])
  })

  test('8.7: of many who show ticket and grant at once one is signed in', async () => {
    const { ticket } = await someAsked()
    const { grant } = await enrolled(ticket)

    const answers = await Promise.all(
      Array.from({ length: RACERS }, () => complete(ticket, { method: 'TOTP', grant })),
    )

    expect(answers.map(outcomeOf).filter(({ result }) => result !== null)).toHaveLength(1)
  })

  test('8.6: cannot take the last factor away, and is told that it is demanded', async () => {
    const { ticket } = await someAsked()
    const { grant } = await enrolled(ticket)
    const done = outcomeOf(await complete(ticket, { method: 'TOTP', grant }))
    const token = done.result?.tokens.accessToken ?? ''

    const removed = await ask(DisableTotpDocument, { token })
    const mfa = await ask(MyMfaDocument, { token })

    expect(removed.data['disableTotp']).toMatchObject({ userErrors: [{ code: 'LAST_CREDENTIAL' }] })
    expect(mfa.data).toMatchObject({ me: { mfa: { enabled: true, requiredByPolicy: true } } })
  })

  test('does it by the SDK', async () => {
    const { ada } = await someAsked()
    const client = someClient(ada.ip)

    const asked = await client.signIn({ identifier: { email: ada.email }, password: ada.password })
    if (asked.result?.__typename !== 'MfaEnrollmentRequired') throw new Error(JSON.stringify(asked))
    const { loginTicket } = asked.result
    const { enrollmentId, secret } = await client.beginTotpEnrollment({ loginTicket })
    const code = appOf(secret ?? '').now()
    const { grant } = await client.confirmFirstTotp({ loginTicket, enrollmentId: enrollmentId ?? '', code })
    const done = await client.completeSignIn({ loginTicket, method: 'TOTP', grant })

    expect(done.result?.__typename).toBe('LoginSuccess')
  })
})
