import { segmentsOf } from '../domain/segments.js'
import { MAIL_BYTES, TEXT_SEGMENTS } from '../limits.js'

/** A mail, or a text. */
export type FilledWords = { text: string; html?: string }

/** Whether it is more than is sent: of a text what it is billed as counts, of a mail its larger part. */
export const isTooLong = ({ text, html }: FilledWords): boolean =>
  html === undefined ? segmentsOf(text).count > TEXT_SEGMENTS : Buffer.byteLength(html) > MAIL_BYTES
