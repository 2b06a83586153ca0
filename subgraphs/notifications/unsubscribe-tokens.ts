import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import { idToUuid, uuidToId } from '../shared/ids/type-id.js'
import { deriveKey } from '../shared/secrets/data-key.js'
import type { UnsubscribeTokens, Unsubscribing } from './domain/ports.js'

/** Stand in links that are out there: a number is never given to something else. */
const CODES: Record<Unsubscribing['what'], number> = { loginAlerts: 1, profileChanges: 2, productNews: 3 }

const TAG_BYTES = 16
const PATTERN = /^[\w-]{44}$/

/**
 * Tokens of links by which a person is spared one kind of message. They stand for whom and what, and are kept nowhere: the first
 * half is the keyed digest of what they say and what the second is encrypted under, so that they cannot be made or changed, and
 * nobody reads in them who somebody is. They do not expire, since nobody should have to sign in to be left alone.
 */
export function createUnsubscribeTokens(notificationsKey: Uint8Array): UnsubscribeTokens {
  const digestKey = deriveKey(notificationsKey, 'notifications unsubscribing, digest')
  const cipherKey = deriveKey(notificationsKey, 'notifications unsubscribing, cipher')
  const digestOf = (text: Uint8Array) =>
    createHmac('sha256', digestKey).update(text).digest().subarray(0, TAG_BYTES)

  return {
    make({ userId, what }) {
      const uuid = idToUuid('usr', userId)
      if (uuid === null) throw new TypeError('not the id of a person')
      const text = Buffer.concat([Buffer.of(CODES[what]), Buffer.from(uuid.replaceAll('-', ''), 'hex')])
      const tag = digestOf(text)
      const cipher = createCipheriv('aes-256-ctr', cipherKey, tag)
      return Buffer.concat([tag, cipher.update(text), cipher.final()]).toString('base64url')
    },

    read(token) {
      if (!PATTERN.test(token)) return null
      const bytes = Buffer.from(token, 'base64url')
      const tag = bytes.subarray(0, TAG_BYTES)
      const decipher = createDecipheriv('aes-256-ctr', cipherKey, tag)
      const text = Buffer.concat([decipher.update(bytes.subarray(TAG_BYTES)), decipher.final()])
      return timingSafeEqual(digestOf(text), tag) ? said(text) : null
    },
  }
}

function said(text: Buffer): Unsubscribing | null {
  const what = (Object.keys(CODES) as Unsubscribing['what'][]).find((one) => CODES[one] === text[0]) // of a constant
  const hex = text.toString('hex', 1)
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  )
  return what ? { userId: uuidToId('usr', uuid), what } : null
}
