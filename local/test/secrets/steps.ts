import { randomBytes, randomUUID } from 'node:crypto'
import { type Answered, ask } from '../../../router/test/seed/ask.js'
import { codeIn, type Mail } from '../../../router/test/seed/inbox.js'
import * as sdk from '../../../sdk/__generated__/operations.js'

export type Payload = Record<string, string> & {
  result: { __typename: string; tokens: sdk.TokensFragment; loginTicket: string }
  tokens: sdk.TokensFragment
  change: { id: string }
  client: { id: string }
  recoveryCodes: string[]
  userErrors: object[]
}

/** Does something with one input, as somebody who is signed in where a token is given. */
export const act = (document: string, input: object, token?: string, headers = {}) =>
  ask(document, { variables: { input }, headers, ...(token && { token }) })

/** The one payload of an answer in which nothing is refused. */
export function granted({ data, errors }: Answered): Payload {
  const [payload] = Object.values(data ?? {}) as unknown as (Payload | null)[]
  if (errors || !payload || payload.userErrors.length > 0) throw new Error(JSON.stringify({ data, errors }))
  return payload
}

export function refused({ data, errors }: Answered): void {
  const [payload] = Object.values(data ?? {}) as unknown as (Payload | null)[]
  if (!errors && payload?.userErrors.length === 0) throw new Error(`not refused: ${JSON.stringify(data)}`)
}

export const CODE = /one-time code/i
export const wrongPassword = () => `a wrong guess ${randomBytes(6).toString('hex')}`
export const nextPassword = () => `pear lantern ${randomBytes(6).toString('hex')}`
export const withKey = () => ({ 'idempotency-key': randomUUID() })

/** A wrong code, then the right one, and what that is traded for. */
export async function grantFor({ challengeId }: Payload, mail: Promise<Mail>): Promise<string> {
  const code = codeIn(await mail)
  const other = code.replace(/./g, (digit) => String((Number(digit) + 1) % 10))
  refused(await act(sdk.ValidateOtpDocument, { challengeId, code: other }))
  return granted(await act(sdk.ValidateOtpDocument, { challengeId, code }))['grant'] ?? ''
}
