import * as z from 'zod'
import type { SendResult } from '../domain/ports.js'
import { type Answer, deferred, isTaken } from './http-sms.js'
import { TWILIO_STOPS } from './number-stops.js'

/**
 * Answers about the recipient or the words: no number, none that can be texted, one whose owner said STOP, a route that
 * is not there, too long. Others are about our account, our sender or the service, which an operator can mend.
 */
const ABOUT_THE_MESSAGE = new Set([21211, 21214, 21217, 21265, 21602, 21610, 21612, 21614, 21617])

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
