import type { Problem } from '../../shared/errors/user-error-codes.js'
import { normalizeEmail } from '../../shared/identifiers/email.js'
import { normalizePhoneNumber } from '../../shared/identifiers/phone-number.js'
import { normalizeUsername } from '../../shared/identifiers/username.js'
import type { NewAccount } from './ports.js'
import { type ProfileInput, type ProfileRules, readProfile } from './profile.js'
import { readTerms, type SignUpRules, signUpProblem } from './sign-up.js'

export type Registration = {
  email?: string | null | undefined
  phoneNumber?: string | null | undefined
  username?: string | null | undefined
  password?: string | null | undefined
  profile?: ProfileInput | null | undefined
  acceptedTermsVersion?: string | null | undefined
  verificationUrl?: string | null | undefined
}

export type ReadRules = ProfileRules & {
  /** The first is ours and the default; others are the operator's. */
  verificationUrls: readonly string[]
  signUp: SignUpRules
  /** Whether a text may be sent to a number (SECURITY 8.8). */
  isTextable: (number: string) => boolean
}

/** What somebody registers with: an address, a number, or both. */
export type Draft = {
  account: Omit<NewAccount, 'id' | 'email'>
  email: string | null
  phoneNumber: string | null
  verificationUrl: string
}

export type ReadRegistration =
  | { draft: Draft; password: string; problems: [] }
  | { draft: null; password: null; problems: Problem[] }

/** Reads what was typed, and names everything that is wrong with it at once. */
export function readRegistration(input: Registration, rules: ReadRules): ReadRegistration {
  const profile = readProfile(input.profile ?? {}, 'OWNER', rules)
  const address = readAddress(input, rules)
  const username = readUsername(input.username)
  const terms = readTerms(rules.signUp, input.acceptedTermsVersion)
  const url = readUrl(input.verificationUrl, rules.verificationUrls)
  const password: Read<string> = input.password
    ? { value: input.password }
    : { problem: { code: 'REQUIRED', field: ['password'] } }
  const reads = [address, username, terms, url, password]
  const problems = [...reads.flatMap((one) => ('problem' in one ? [one.problem] : [])), ...profile.problems]
  if (problems.length > 0) return { draft: null, password: null, problems }

  const draft: Draft = {
    account: {
      wantedUsername: required(username),
      termsVersion: required(terms),
      profile: profile.change,
    },
    ...required(address),
    verificationUrl: required(url),
  }
  return { draft, password: required(password), problems: [] }
}

type Read<Value> = { value: Value } | { problem: Problem }

function required<Value>(read: Read<Value>): Value {
  if ('problem' in read) throw new TypeError('a refused value was used')
  return read.value
}

type Address = Pick<Draft, 'email' | 'phoneNumber'>

/** One of the two, or both; what is wrong with the address is told first. */
function readAddress({ email, phoneNumber }: Registration, rules: ReadRules): Read<Address> {
  if (!phoneNumber) return readEmail(email, rules.signUp)
  if (!email) return readPhoneNumber(phoneNumber, rules)
  const [address, number] = [readEmail(email, rules.signUp), readTextable(phoneNumber, rules)]
  if ('problem' in address) return address
  if ('problem' in number) return number
  return { value: { ...address.value, phoneNumber: number.value } }
}

function readEmail(input: string | null | undefined, signUp: SignUpRules): Read<Address> {
  if (!input) return { problem: { code: 'REQUIRED', field: ['email'] } }
  const email = normalizeEmail(input)
  if (!email) return { problem: { code: 'INVALID_EMAIL', field: ['email'] } }
  const problem = signUpProblem(signUp, email)
  return problem ? { problem } : { value: { email, phoneNumber: null } }
}

/** A number is at no domain: where only some may register, none does by number alone. */
function readPhoneNumber(input: string, rules: ReadRules): Read<Address> {
  const number = readTextable(input, rules)
  if ('problem' in number) return number
  if (rules.signUp.mode !== 'open') return { problem: { code: 'SIGN_UP_CLOSED' } }
  return { value: { email: null, phoneNumber: number.value } }
}

function readTextable(input: string, { isTextable }: ReadRules): Read<string> {
  const number = normalizePhoneNumber(input)
  return number && isTextable(number)
    ? { value: number }
    : { problem: { code: 'INVALID_PHONE', field: ['phoneNumber'] } }
}

function readUsername(input: string | null | undefined): Read<string | null> {
  if (input == null) return { value: null }
  const username = normalizeUsername(input)
  return username ? { value: username } : { problem: { code: 'USERNAME_NOT_ALLOWED', field: ['username'] } }
}

/** Only the operator's own pages: a link to anywhere else would hand its token to that place (SECURITY 10.1). */
function readUrl(input: string | null | undefined, allowed: readonly string[]): Read<string> {
  const url = input ?? allowed[0]
  return url && allowed.includes(url)
    ? { value: url }
    : { problem: { code: 'INVALID', field: ['verificationUrl'] } }
}

/** The words that name the person; none of them may be most of the password (SECURITY 6.2). */
export const identityOf = ({ account: { wantedUsername, profile }, email, phoneNumber }: Draft): string[] =>
  [email, phoneNumber, wantedUsername, profile.displayName, profile.givenName, profile.familyName].filter(
    (word): word is string => typeof word === 'string',
  )
