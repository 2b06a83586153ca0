import type { SendResult } from '../domain/ports.js'

type SmtpError = { code?: unknown; originalCode?: unknown; responseCode?: unknown }

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
  const { code, originalCode, responseCode } = (
    typeof failure === 'object' && failure ? failure : {}
  ) as SmtpError // read as unknown
  const status = typeof responseCode === 'number' ? responseCode : null
  const error = `SMTP ${status ?? nameOf(originalCode) ?? nameOf(code) ?? 'failure'}`
  const isRefusal = status !== null && status >= 500 && !ABOUT_OUR_ACCOUNT.has(status)

  return { kind: isRefusal && ABOUT_THE_MESSAGE.has(code) ? 'refused' : 'deferred', error }
}

/** Such as `ECONNREFUSED`, or `DEPTH_ZERO_SELF_SIGNED_CERT`: what an operator has to mend. */
const nameOf = (code: unknown): string | null =>
  typeof code === 'string' && /^[A-Z_0-9]+$/.test(code) ? code : null
