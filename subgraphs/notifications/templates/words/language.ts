import type { MailName, TextName } from '../catalogue.js'

/**
 * A mail in one language, in ICU MessageFormat. The body is made of blocks with an empty line between: `# ` begins the
 * heading and `> ` small print, `= ` a code, `| label | value` the rows of a table, `[label](address)` a button; all else
 * is a paragraph. A block that comes out empty is left out.
 */
export type MailWords = {
  /** Fixed: nothing is filled in, so that nothing anybody wrote reaches a header (SECURITY 11.5). */
  subject: string
  body: string
  /** Where the one that all mails have in common would be wrong. */
  footer?: string
}

/** Everything that is said in one language. What is missing in one does not compile. */
export type Language = {
  greeting: string
  /** To somebody whose name is not known. */
  greetingWithoutName: string
  footer: string
  /** What a label ends in where it is not in a table. */
  colon: string
  /** What a link at the foot says that spares its reader more of the kind. */
  unsubscribe: string
  /** Between a button and its address in full. */
  copyLink: string
  mails: Record<MailName, MailWords>
  texts: Record<TextName, string>
}
