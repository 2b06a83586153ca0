import { jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import { STEP_UP_TICKET_SECONDS } from '../limits.js'

const TYPE = 'step-up+jwt'
const ALGORITHM = 'HS256'

const Claims = z.object({ sub: z.string(), sid: z.string() })

/** Tickets between the two halves of a step-up: only auth makes them, and only auth reads them. */
export const createStepUpTickets = (key: Uint8Array) => ({
  issue: ({ userId, sessionId }: { userId: string; sessionId: string }): Promise<string> =>
    new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime(`${STEP_UP_TICKET_SECONDS}s`)
      .sign(key),

  async read(ticket: string) {
    try {
      const { payload } = await jwtVerify(ticket, key, { algorithms: [ALGORITHM], typ: TYPE })
      const { sub, sid } = Claims.parse(payload)
      return { userId: sub, sessionId: sid }
    } catch {
      return null // whatever is wrong with it, it stands for nobody
    }
  },
})
