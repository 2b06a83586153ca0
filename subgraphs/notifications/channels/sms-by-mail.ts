import type { Mail, Sender, Sms } from '../domain/ports.js'

/** A name that no mail can ever reach (RFC 2606): what goes there stays in the inbox it was handed to. */
const DOMAIN = 'sms.invalid'

/** Texts as mails to `<number>@sms.invalid`, for the inbox of a development set-up. */
export const createSmsByMail = (mail: Pick<Sender<Mail>, 'send'>): Sender<Sms> => ({
  provider: 'dev',
  send: ({ id, recipient, text }) =>
    mail.send({ id, recipient: `${recipient}@${DOMAIN}`, subject: `SMS to ${recipient}`, text, html: null }),
})
