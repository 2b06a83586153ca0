import * as z from 'zod'
import type { SendResult } from '../domain/ports.js'
import { type Answer, deferred, isTaken } from './http-sms.js'
import { TWILIO_STOPS } from './number-stops.js'

/**
 * Answers about the recipient or the words: no number (21211), one that cannot be texted (a short code 21265, our own 21266, a
 * premium service 21268, no mobile 21614, a landline 21635), one whose owner said STOP (21610), no words (21602) or too many (21617).
 * Others are about our account, our sender or the service, which an operator can mend; so is 21612, where it is most often our
 * sender that the recipient's country does not take.
 *
 * https://www.twilio.com/docs/api/errors, each at its number. Since July 2024 some of what 21211 and 21614 had said comes as 21265,
 * 21266, 21268 or 21635: https://www.twilio.com/en-us/changelog/updates-to-the-error-code-dictionary-to-clarify-number-validatio
 */
const ABOUT_THE_MESSAGE = new Set([21211, 21265, 21266, 21268, 21602, 21610, 21614, 21617, 21635])

const Taken = z.object({ sid: z.string().max(64) })
const Refused = z.object({ code: z.number().int() })

/** What an answer of Twilio's means for the message. */
export function judgeTwilio(answer: Answer): SendResult {
  const { statusCode, body } = answer
  if (isTaken(answer)) return { kind: 'accepted', providerMessageId: Taken.safeParse(body).data?.sid ?? null }

  const code = Refused.safeParse(body).data?.code
  const error = `TWILIO ${code ?? statusCode}`
  const isForGood = statusCode === 400 && code !== undefined && ABOUT_THE_MESSAGE.has(code)
  if (!isForGood) return deferred(error, answer)
  const stops = TWILIO_STOPS.get(code)
  return { kind: 'refused', error, ...(stops && { stops }) }
}
