import type { SendResult } from '../domain/ports.js'

type SmtpError = {
  code?: unknown
  originalCode?: unknown
  responseCode?: unknown
  /** The server's words. */
  response?: unknown
  command?: unknown
}

/** Answers to the message itself. Others are about the connection or our account there, which an operator can mend. */
const ABOUT_THE_MESSAGE = new Set<unknown>(['EENVELOPE', 'EMESSAGE'])
/** "Authentication required" and its kin come as answers to MAIL FROM, yet are no fault of the message. */
const ABOUT_OUR_ACCOUNT = new Set([530, 534, 535, 538])

/**
 * There is no such mailbox, no such domain, it has moved, or is switched off (RFC 3463, 7505). Others, and a bare 550, may be about
 * our words or our name: 5.2.2 is a full mailbox, 5.7 a rule of theirs.
 */
const NO_MAILBOX = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1'])

/**
 * What a failed send means: only a 5xx to sender, recipient or content is for good.
 *
 * The server's own words stay out of it: they often repeat the address.
 */
export function classifyFailure(failure: unknown): SendResult {
  const { code, originalCode, responseCode, response, command } = (
    typeof failure === 'object' && failure ? failure : {}
  ) as SmtpError // read as unknown
  const status = typeof responseCode === 'number' ? responseCode : null
  const error = `SMTP ${status ?? nameOf(originalCode) ?? nameOf(code) ?? 'failure'}`
  const isRefusal = status !== null && status >= 500 && !ABOUT_OUR_ACCOUNT.has(status)

  if (!isRefusal || !ABOUT_THE_MESSAGE.has(code)) return { kind: 'deferred', error }
  const enhanced = command === 'RCPT TO' ? enhancedIn(response) : null
  if (enhanced === null || !NO_MAILBOX.has(enhanced)) return { kind: 'refused', error }
  return { kind: 'refused', error: `${error} ${enhanced}`, stops: 'BOUNCE' }
}

/** The code that says more than three digits can (RFC 3463), where the server gives one. */
const enhancedIn = (response: unknown): string | null =>
  typeof response === 'string' ? (/^5\d\d[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null) : null

/** Such as `ECONNREFUSED`, or `DEPTH_ZERO_SELF_SIGNED_CERT`: what an operator has to mend. */
const nameOf = (code: unknown): string | null =>
  typeof code === 'string' && /^[A-Z_0-9]+$/.test(code) ? code : null
