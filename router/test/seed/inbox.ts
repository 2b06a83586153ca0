import * as z from 'zod'

const inboxUrl = (): string => process.env['INBOX_URL'] ?? ''
const WAIT_MS = 15_000
const LOOK_MS = 50

const Mails = z.array(
  z.object({
    id: z.string(),
    // An inbox that was killed while it stored a mail may list it without its words.
    subject: z.string().default(''),
    text: z.string().default(''),
    to: z.array(z.object({ address: z.string() })).default([]),
  }),
)

export type Mail = z.output<typeof Mails>[number]

/**
 * The mails of one person, read as the person reads them. The inbox picks them out: it holds those of a whole run, and
 * is asked twenty times a second.
 */
export async function mailsTo(address: string): Promise<Mail[]> {
  const response = await fetch(`${inboxUrl()}/api/email?${new URLSearchParams({ 'to.address': address })}`)
  return Mails.parse(await response.json()).filter(({ to }) => to.some((one) => one.address === address))
}

/** Waits for the n-th mail with these words in its subject. */
export async function mailTo(address: string, subject: RegExp, count = 1, waitMs = WAIT_MS): Promise<Mail> {
  const deadline = Date.now() + waitMs
  for (;;) {
    const mails = await mailsTo(address)
    const matching = mails.filter((mail) => subject.test(mail.subject))
    const mail = matching[count - 1]
    if (mail) return mail
    if (Date.now() > deadline) {
      throw new Error(
        `no mail ${subject} came to ${address}; there are: ${mails.map((one) => one.subject).join(', ')}`,
      )
    }
    await new Promise((later) => setTimeout(later, LOOK_MS))
  }
}

export const tokenIn = ({ text }: Mail): string => /#token=([\w-]+)/.exec(text)?.[1] ?? ''
export const codeIn = ({ text }: Mail): string => /\b(\d{8}|\d{6})\b/.exec(text)?.[1] ?? ''

/** Waits for the n-th text to a number; the inbox takes texts as mails. */
export const textTo = (number: string, count = 1): Promise<Mail> =>
  mailTo(`${number}@sms.invalid`, /^SMS to /, count)

/** Waits for a text with these words in it. */
export async function textSaying(number: string, words: RegExp, count = 1): Promise<Mail> {
  const text = await textTo(number, count)
  return words.test(text.text) ? text : textSaying(number, words, count + 1)
}

export const textsTo = (number: string): Promise<Mail[]> => mailsTo(`${number}@sms.invalid`)
