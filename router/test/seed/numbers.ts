import {
  BeginStepUpDocument,
  CompleteStepUpDocument,
  RefreshTokenDocument,
  UpdateUserDocument,
  ValidateOtpDocument,
} from '../../../sdk/__generated__/operations.js'
import { type Answered, ask } from './ask.js'
import { codeIn, textTo } from './inbox.js'
import { someAdmin } from './operators.js'
import { someNumber, someVerified, type Tokens } from './people.js'

const payloadOf = ({ data }: Answered, field: string) => data[field] as unknown as Record<string, string>

/** The grant of a texted code, the n-th text to its number. */
export async function textedGrant(sent: Answered, number: string, count = 1): Promise<string> {
  const { challengeId } = payloadOf(sent, 'generateOtp')
  const input = { challengeId, code: codeIn(await textTo(number, count)) }
  return payloadOf(await ask(ValidateOtpDocument, { variables: { input } }), 'validateOtp')['grant'] ?? ''
}

/** Puts numbers in force by the word of staff, which takes no text: one a minute is all that a number gets. */
export async function someStaff() {
  const { session } = await someAdmin()
  const token = session.tokens.accessToken
  return async (id: string, phoneNumber = someNumber()): Promise<string> => {
    const input = { phoneNumber, phoneNumberVerified: true }
    const { data } = await ask(UpdateUserDocument, { token, variables: { id, input } })
    const { userErrors } = data['updateUser'] as unknown as { userErrors: object[] }
    if (userErrors.length > 0) throw new Error(`no number was put in force: ${JSON.stringify(userErrors)}`)
    return phoneNumber
  }
}

export type PutNumber = Awaited<ReturnType<typeof someStaff>>

/** Somebody signed in whose number is proved. */
export async function someWithNumber(putNumber: PutNumber) {
  const ada = await someVerified()
  const { userId, tokens } = await ada.signIn()
  return { ada, userId, tokens, token: tokens.accessToken, number: await putNumber(userId) }
}

/** The session goes on, with a token that says what is so now. */
export async function renewed({ refreshToken }: Pick<Tokens, 'refreshToken'>): Promise<string> {
  const answer = await ask(RefreshTokenDocument, { variables: { input: { refreshToken } } })
  return (answer.data['refreshToken'] as unknown as { tokens: Tokens }).tokens.accessToken
}

/** A ticket of a step-up, and what would complete it. */
export async function beginStepUp(token: string) {
  const { data } = await ask(BeginStepUpDocument, { token, variables: { input: {} } })
  return data['beginStepUp'] as unknown as { stepUpTicket: string; methods: string[] }
}

type SteppedUp = {
  tokens: Tokens | null
  session: { assurance: string; methods: string[] } | null
  userErrors: { code: string; field: string[] }[]
}

export async function completeStepUp(token: string, input: object): Promise<SteppedUp> {
  const { data } = await ask(CompleteStepUpDocument, { token, variables: { input } })
  return data['completeStepUp'] as unknown as SteppedUp
}
