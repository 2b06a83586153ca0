import {
  ForgotPasswordDocument,
  GenerateOtpDocument,
  LoginDocument,
  RegisterDocument,
  ResendEmailVerificationDocument,
} from '../../sdk/__generated__/operations.js'
import { ask, graphUrl, someNetwork } from './seed/ask.js'
import { someWithRole } from './seed/operators.js'
import { somePerson, someRegistered, someVerified } from './seed/people.js'

// Whoever asks about an address learns nothing of it from the answer: not from its bytes, and not from its headers.

/** What is made anew for each answer, in any of its forms of one length. */
const MADE_ANEW: [RegExp, string][] = [
  [/chl_[0-9a-z]{26}/g, 'chl_…'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'a time'],
]
const OF_EACH_ANSWER = new Set(['date', 'x-request-id'])

/** All that a client gets to see. */
async function answerTo(query: string, input: object) {
  const response = await fetch(`${graphUrl()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': someNetwork() },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => !OF_EACH_ANSWER.has(name)),
    body: MADE_ANEW.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text),
  }
}

/** Codes to one address are a minute apart, so each kind of code has people of its own. */
const SETS = 3
let people: Record<string, string>[]

beforeAll(async () => {
  const staff = await someWithRole('support')
  const token = staff.session.tokens.accessToken
  people = await Promise.all(Array.from({ length: SETS }, () => everyKind(token)))
}, 60_000)

/** The address of one person of each kind. */
async function everyKind(staff: string): Promise<Record<string, string>> {
  const [verified, pending, disabled] = await Promise.all([someVerified(), someRegistered(), someVerified()])
  const { userId } = await disabled.signIn()
  await ask(
    'mutation($id: ID!) { disableUser(input: { userId: $id, reason: "abuse" }) { userErrors { code } } }',
    { token: staff, variables: { id: userId } },
  )
  return {
    unknown: somePerson().email,
    verified: verified.email,
    'never verified': pending.email,
    disabled: disabled.email,
  }
}

const identified = (email: string) => ({ identifier: { email } })

const code = (purpose: string) => (email: string) => ({ ...identified(email), purpose, channel: 'EMAIL' })

type Question = [name: string, query: string, input: (email: string) => object, set: number]

const QUESTIONS: Question[] = [
  ['a wrong password', LoginDocument, (email) => ({ ...identified(email), password: 'wrong horse' }), 0],
  ['a made-up grant', LoginDocument, (email) => ({ ...identified(email), grant: 'e30.e30.e30' }), 0],
  ['a code to sign in with', GenerateOtpDocument, code('LOGIN'), 0],
  ['a code to verify with', GenerateOtpDocument, code('EMAIL_VERIFICATION'), 1],
  ['the link of a reset', ForgotPasswordDocument, identified, 0],
  ['the code of a reset', ForgotPasswordDocument, (email) => ({ ...identified(email), method: 'OTP' }), 2],
  ['another link to verify with', ResendEmailVerificationDocument, (email) => ({ email }), 0],
  ['an account', RegisterDocument, (email) => ({ email, password: 'plum kettle orbit lantern' }), 1],
]

test.each(QUESTIONS)(
  '7.4: who comes with, or asks for, %s gets the same bytes and headers, whoever is named',
  async (_, query, input, set) => {
    const kinds = Object.entries(people[set] ?? {})

    const answers = await Promise.all(kinds.map(([, email]) => answerTo(query, input(email))))

    expect(answers[0]).toMatchObject({ status: 200, body: expect.not.stringContaining('"errors"') })
    expect(answers).toEqual(kinds.map(() => answers[0]))
  },
)
