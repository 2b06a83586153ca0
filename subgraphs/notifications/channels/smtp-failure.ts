import type { SendResult } from '../domain/ports.js'

type SmtpError = { code?: unknown; responseCode?: unknown }

/** Answers to the message itself. Others are about the connection or our account there, which an operator can mend. */
const ABOUT_THE_MESSAGE = new Set<unknown>(['EENVELOPE', 'EMESSAGE'])
/** "Authentication required" and its kin come as answers to MAIL FROM, yet are no fault of the message. */
const ABOUT_OUR_ACCOUNT = new Set([530, 534, 535, 538])

/**
 * What a failed send means: only a 5xx to sender, recipient or content is for good.
 *
 * The server's own words stay out of it: they often repeat the address.
 */
export function classifyFailure(failure: unknown): SendResult {
  const { code, responseCode } = (typeof failure === 'object' && failure ? failure : {}) as SmtpError // read as unknown
  const status = typeof responseCode === 'number' ? responseCode : null
  const error = status === null ? `SMTP ${typeof code === 'string' ? code : 'failure'}` : `SMTP ${status}`
  const isRefusal = status !== null && status >= 500 && !ABOUT_OUR_ACCOUNT.has(status)

  return { kind: isRefusal && ABOUT_THE_MESSAGE.has(code) ? 'refused' : 'deferred', error }
}
