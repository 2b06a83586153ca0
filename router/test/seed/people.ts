import { randomBytes, randomInt } from 'node:crypto'
import { LoginDocument } from '../../../sdk/__generated__/operations.js'
import { createUsergraphClient, RegisterDocument, VerifyEmailDocument } from '../../../sdk/index.js'
import { type Answered, ask, graphUrl, someNetwork } from './ask.js'
import { mailTo, tokenIn } from './inbox.js'

export type Tokens = { accessToken: string; refreshToken: string | null; deviceToken: string | null }

export type SignedIn = { tokens: Tokens; sessionId: string; isNewDevice: boolean; userId: string }

export type Person = {
  email: string
  username: string
  password: string
  ip: string
  /** Signs in from this person's own network. */
  signIn(input?: Record<string, unknown>): Promise<SignedIn>
}

/** Details of someone nobody has met. */
export function somePerson() {
  const name = `p${randomBytes(6).toString('hex')}`
  return {
    email: `${name}@acme.test`,
    username: name,
    password: `plum ${name} kettle orbit`,
    ip: someNetwork(),
  }
}

/** A number nobody in this run has; limits count by its prefix. */
export const someNumber = (): string => `+49151${randomInt(10_000_000, 99_999_999)}`

export const register = (input: Record<string, unknown>, ip = someNetwork()): Promise<Answered> =>
  ask(RegisterDocument, { variables: { input }, ip })

export const verify = (token: string): Promise<Answered> =>
  ask(VerifyEmailDocument, { variables: { input: { token } } })

export const login = (input: Record<string, unknown>, ip = someNetwork(), headers = {}): Promise<Answered> =>
  ask(LoginDocument, { variables: { input }, ip, headers })

/** Someone who has registered and has not opened the mail. */
export async function someRegistered() {
  const person = somePerson()
  const { email, username, password, ip } = person
  const { errors } = await register({ email, username, password }, ip)
  if (errors) throw new Error(`${email} could not register: ${JSON.stringify(errors)}`)
  return person
}

/** Someone with a verified account. */
export async function someVerified(): Promise<Person> {
  const person = await someRegistered()
  await verify(tokenIn(await mailTo(person.email, /welcome/i)))
  return { ...person, signIn: (input = {}) => signIn(person, input) }
}

async function signIn(
  { email, password, ip }: { email: string; password: string; ip: string },
  input: Record<string, unknown>,
): Promise<SignedIn> {
  const answer = await login({ identifier: { email }, password, tokenDelivery: 'BODY', ...input }, ip)
  const { result } = answer.data['login'] as unknown as { result: LoginSuccess | null }
  if (!result) throw new Error(`${email} could not sign in: ${JSON.stringify(answer)}`)
  return {
    tokens: result.tokens,
    sessionId: result.session.id,
    isNewDevice: result.isNewDevice,
    userId: result.user.id,
  }
}

type LoginSuccess = { tokens: Tokens; session: { id: string }; isNewDevice: boolean; user: { id: string } }

/** The SDK as a native app in this network would use it. */
export const someClient = (ip = someNetwork()) =>
  createUsergraphClient({
    url: `${graphUrl()}/graphql`,
    delivery: 'BODY',
    headers: { 'x-forwarded-for': ip },
  })
