import { createTransport } from 'nodemailer'
import type { DkimSettings } from '../dkim-settings.js'
import type { Mail, Sender } from '../domain/ports.js'
import { classifyFailure } from './smtp-failure.js'
import { readSmtpUrl } from './smtp-settings.js'

export type MailFrom = { name: string; address: string }

export type SmtpSender = Sender<Mail> & { stop(): void }

/** How long a server is waited for: until it answers at all, until it greets, and whenever it is silent. */
export type Patience = { connectionTimeout: number; greetingTimeout: number; socketTimeout: number }

type Options = {
  url: string
  from: MailFrom
  messageUuid: (id: string) => string
  /** Without it mails go unsigned, or are signed by the relay. */
  dkim?: DkimSettings | null
  patience?: Patience
}

export const PATIENCE: Patience = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
}

/** As many as a queue's worker has in hand at once. */
const CONNECTIONS = 8
/** Silence is cut off by the timeouts below; this ends a server that trickles its answers. */
const SEND_WITHIN_MS = 60_000

/** One address of the stored form and nothing else: no list, no name, no comment, no second header line. */
const ONE_ADDRESS = /^[^\s<>()[\]:;,"\\@\p{Cc}]+@[^\s<>()[\]:;,"\\@\p{Cc}]+$/u

/** Mail over a pool of SMTP connections (SECURITY 11.5). */
export function createSmtpSender({ url, from, messageUuid, ...how }: Options): SmtpSender {
  const transport = openTransport(url, how)
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)

  return {
    provider: 'smtp',
    stop: () => transport.close(),

    async send(mail) {
      if (!ONE_ADDRESS.test(mail.recipient)) return { kind: 'refused', error: 'INVALID_RECIPIENT' }
      try {
        const { messageId } = await transport.sendMail({
          ...contentOf(mail, from),
          // The same for every try, so that a second copy can be told from a second message.
          messageId: `<${messageUuid(mail.id)}@${domain}>`,
          signal: AbortSignal.timeout(SEND_WITHIN_MS),
        })
        return { kind: 'accepted', providerMessageId: messageId }
      } catch (failure) {
        return classifyFailure(failure)
      }
    },
  }
}

function openTransport(
  url: string,
  { dkim = null, patience = PATIENCE }: Pick<Options, 'dkim' | 'patience'>,
) {
  const { host, port, security, auth } = readSmtpUrl(url)

  return createTransport({
    pool: true,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'plain',
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    ...(auth && { auth }),
    maxConnections: CONNECTIONS,
    // Tries are ours to count: the pool would send again what the server may have taken already.
    maxRequeues: 0,
    dnsTimeout: 10_000,
    ...patience,
    ...(dkim && { dkim: signedBy(dkim) }),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/**
 * What a receiver may hold us to: all that somebody else could change to another meaning. The library's own list lacks
 * `List-Unsubscribe-Post`, which a mailbox provider heeds only where it is signed (RFC 8058, section 4).
 */
const SIGNED_FIELDS =
  'From:To:Reply-To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post'

const signedBy = ({ domain, selector, privateKey }: DkimSettings) => ({
  ...{ domainName: domain, keySelector: selector, privateKey, headerFieldNames: SIGNED_FIELDS },
})

/** One sender and one recipient as structures, never as text to be parsed. */
function contentOf({ recipient, subject, text, html, unsubscribeUrl }: Mail, from: MailFrom) {
  return {
    from,
    to: { name: '', address: recipient },
    envelope: { from: from.address, to: [recipient] },
    subject,
    text,
    ...(html !== null && { html }),
    headers: {
      ...{ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      ...(unsubscribeUrl && oneClick(unsubscribeUrl)),
    },
  }
}

/** One press without a page (RFC 8058). The address is one word, which the library is not to fold. */
const oneClick = (url: string) => ({
  'List-Unsubscribe': { prepared: true, value: `<${url}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})
