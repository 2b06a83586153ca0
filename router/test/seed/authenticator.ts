import { Secret, TOTP } from 'otpauth'
import {
  BeginTotpEnrollmentDocument,
  ConfirmTotpEnrollmentDocument,
  RefreshTokenDocument,
} from '../../../sdk/__generated__/operations.js'
import { ask } from './ask.js'
import { someVerified, type Tokens } from './people.js'

const STEP_MS = 30_000

/** An app on somebody's telephone. A code is good once, so who needs two at once uses that of the step before as well. */
export const appOf = (secret: string) => {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  return {
    before: () => totp.generate({ timestamp: Date.now() - STEP_MS }),
    now: () => totp.generate(),
  }
}

/** Somebody who has enrolled an app just now. */
export async function someWithApp() {
  const ada = await someVerified()
  const { tokens, userId } = await ada.signIn()
  const before = tokens.accessToken
  const { app, confirmed, recoveryCodes, shown } = await enrolApp(before)
  const renewedTokens = await renewed(tokens)
  const token = renewedTokens.accessToken
  return { ada, token, tokens: renewedTokens, before, userId, app, confirmed, recoveryCodes, shown }
}

/** Enrols an app for whoever is signed in. */
export async function enrolApp(before: string) {
  const begun = await ask(BeginTotpEnrollmentDocument, { token: before })
  const { enrollmentId, secret, otpauthUri, qrSvg } = begun.data['beginTotpEnrollment'] as unknown as Record<
    string,
    string
  >
  const app = appOf(secret ?? '')
  const confirm = () =>
    ask(ConfirmTotpEnrollmentDocument, {
      ...{ token: before, variables: { input: { enrollmentId, code: app.before() } } },
    })
  const first = await confirm()
  // The step may have ended on the way.
  const confirmed = JSON.stringify(first.data).includes('INVALID_CODE') ? await confirm() : first
  if (confirmed.errors) throw new Error(`no app was enrolled: ${JSON.stringify(confirmed.errors)}`)
  const { recoveryCodes } = confirmed.data['confirmTotpEnrollment'] as unknown as { recoveryCodes: string[] }
  return { app, confirmed, recoveryCodes, shown: { otpauthUri, qrSvg, secret } }
}

/** The session goes on, with a token that says what is so now. */
export async function renewed({ refreshToken }: Tokens): Promise<Tokens> {
  const answer = await ask(RefreshTokenDocument, { variables: { input: { refreshToken } } })
  return (answer.data['refreshToken'] as unknown as { tokens: Tokens }).tokens
}
