import type { MailWords } from '../language.js'

/** In French a high sign has a space before it, at which no line may end. Texts do without: GSM 03.38 has no such space. */
export const spaced = <Mails extends Record<string, MailWords>>(mails: Mails): Mails =>
  Object.fromEntries(
    Object.entries(mails).map(([name, words]) => [
      name,
      Object.fromEntries(Object.entries(words).map(([part, text]) => [part, unbroken(text)])),
    ]),
  ) as Mails // the same names with the same parts

export const unbroken = (text: string): string => text.replaceAll(/ (?=[:;?!])/g, '\u00A0')
