import { compareSync } from 'bcryptjs'

const BEGINNING = /^\$2[abxy]?\$/
/** Not `$2x$`, which marks what a faulty PHP made, nor `$2$`, which no program has written since 1999. */
const WHOLE = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/

const MIN_COST = 4
/** A second of one core; each step more doubles it. */
const MAX_COST = 14

/**
 * bcrypt sees 72 bytes of a password and no more. Until it has been upgraded, so does a sign-in.
 *
 * @type {import('./reading.js').ReadForm}
 */
export function readBcrypt(hash) {
  if (!BEGINNING.test(hash)) return null
  const cost = Number(WHOLE.exec(hash)?.[1] ?? 0)

  if (cost < MIN_COST) return { refused: 'MALFORMED' }
  if (cost > MAX_COST) return { refused: 'TOO_COSTLY' }
  return { form: 'bcrypt', matches: (secret) => compareSync(Buffer.from(secret).toString(), hash) }
}
