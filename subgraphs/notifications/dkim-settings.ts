import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { unlessEmpty } from '../shared/env/fragments.js'

/** Labels of a name in DNS, as a selector is too (RFC 6376, section 3.1). */
const name = z
  .string()
  .toLowerCase()
  .regex(/^(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/, 'must be a name in DNS')

/** What signs mails, so that a receiver can see that they are ours. */
export const DkimEnv = z.object({
  DKIM_SELECTOR: unlessEmpty(name),
  DKIM_DOMAIN: unlessEmpty(name),
  DKIM_PRIVATE_KEY_FILE: unlessEmpty(z.string()),
})

export type DkimSettings = {
  selector: string
  domain: string
  /** PEM. */
  privateKey: string
}

type Source = z.output<typeof DkimEnv> & { MAIL_FROM: { address: string } }

type Fault = { path: keyof z.output<typeof DkimEnv>; message: string }

/** Null where mails are not signed, or are by the relay they go to. */
type Read = { settings: DkimSettings | null; faults: Fault[] }

export function readDkimSettings(env: Source): Read {
  const { DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY_FILE: file } = env
  if (!selector && !file && !env.DKIM_DOMAIN) return { settings: null, faults: [] }
  const sender = env.MAIL_FROM.address.slice(env.MAIL_FROM.address.lastIndexOf('@') + 1).toLowerCase()
  const domain = env.DKIM_DOMAIN ?? sender
  const faults: Fault[] = []
  if (!selector) faults.push({ path: 'DKIM_SELECTOR', message: TOGETHER })
  if (!isWithin(sender, domain)) faults.push({ path: 'DKIM_DOMAIN', message: NOT_THE_SENDERS })

  const key = file ? readKey(file) : TOGETHER
  if (typeof key === 'string') faults.push({ path: 'DKIM_PRIVATE_KEY_FILE', message: key })
  if (!selector || typeof key === 'string') return { settings: null, faults }
  return { settings: { selector, domain, privateKey: pemOf(key) }, faults }
}

const TOGETHER = 'must be set where another DKIM setting is'
/** A receiver that asks for DMARC takes no notice of a signature by a stranger (RFC 7489, section 3.1.1). */
const NOT_THE_SENDERS = 'must be the domain of MAIL_FROM, or one that it is in'
const UNREADABLE = 'must name a file that can be read'
/** What RFC 8301 asks for; the library signs with RSA alone. */
const UNFIT = 'must hold an RSA private key of 2048 bits or more, in PEM and without a passphrase'
const LEAST_BITS = 2048

const isWithin = (sender: string, domain: string): boolean =>
  sender === domain || sender.endsWith(`.${domain}`)

/** The key, or what is wrong with the file. */
function readKey(file: string): KeyObject | string {
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch {
    return UNREADABLE // whatever the reason, an operator has to look
  }
  try {
    const key = createPrivateKey(pem)
    const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
    return key.asymmetricKeyType === 'rsa' && modulusLength >= LEAST_BITS ? key : UNFIT
  } catch {
    return UNFIT // its words may hold a part of the key
  }
}

const pemOf = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()
