import { LastContact } from '../shared/contracts/users.js'
import type { Database } from '../shared/database/connect.js'
import { eraseWhenDeleted } from '../shared/events/erase-when-deleted.js'
import type { Outbox, Transaction } from '../shared/events/outbox.js'
import type { Logger } from '../shared/log/logger.js'
import { createRounds } from '../shared/runtime/rounds.js'
import type { Open } from '../shared/secrets/sealing.js'
import type { Notify } from './domain/notify.js'
import type { Contact } from './domain/ports.js'
import { makeSayFarewell } from './domain/say-farewell.js'
import { eraseUser, forgetFarewells, forgetNobodys, forgetNobodysStops } from './store/erase.js'
import { forgetIdleCounters } from './store/send-counters.js'
import { forgetOldSends } from './store/sends.js'
import type { DigestOf } from './store/suppressions.js'
import { eraseWebhooks } from './store/webhook-upkeep.js'

const FORGET_EVERY_MS = 60_000

type Parts = {
  db: Database['db']
  outbox: Outbox
  log: Logger
  open: Open
  digestOf: DigestOf
  /** Writes a message to somebody who is reached like this. */
  notifyAt: (contact: Contact) => Notify<Transaction>
}

/** What happens when an account is gone: its messages go, and one last is written. */
export function createErasing({ db, outbox, log, open, digestOf, notifyAt }: Parts) {
  const forgetting = createRounds({
    ...{ name: 'forgetting', everyMs: FORGET_EVERY_MS, pokeMs: FORGET_EVERY_MS, log },
    async round() {
      await forgetFarewells(db)
      await forgetNobodys(db)
      await forgetNobodysStops(db)
      await forgetOldSends(db)
      await forgetIdleCounters(db)
    },
  })
  // What was sealed when the account went: nobody else could read it, and nobody knows it now.
  const openContact = async (sealed: string) => LastContact.parse(JSON.parse(await open(sealed)))
  const sayFarewell = makeSayFarewell({ notifyAt })

  return {
    subscription: eraseWhenDeleted(
      'notifications',
      async (tx, { userId, sealedContact }, eventId) => {
        const contact = sealedContact === null ? null : await openContact(sealedContact)
        const erased = await eraseUser(tx, { userId, contact }, digestOf)
        if (contact !== null) await sayFarewell({ tx, eventId }, userId, contact)
        return erased + (await eraseWebhooks(tx, userId))
      },
      outbox,
    ),
    start: forgetting.start,
    stop: forgetting.stop,
  }
}
