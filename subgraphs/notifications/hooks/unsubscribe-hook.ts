import type { ReadHook } from './hook-request.js'

/** A form of either kind that says so, as RFC 8058 has it: what merely looks an address up sends none. */
const FIELD = /(?:^|&)List-Unsubscribe=One-Click(?:&|$)/
/** A part may have further headers, a few: each is one that could begin the search anew. */
const PART = /name="?List-Unsubscribe"?\r?\n(?:[\w-]{1,50}:[^\r\n]{0,200}\r?\n){0,5}\r?\nOne-Click\r?\n/

/** One press in a mail program. The address holds the token, which is all the word that is needed. */
export const readUnsubscribeHook: ReadHook = async ({ url, body }) => {
  const form = body.toString('utf8')
  if (!FIELD.test(form) && !PART.test(form)) return { kind: 'faulty' }
  return { kind: 'unsubscribe', token: url.searchParams.get('token') ?? '' }
}
