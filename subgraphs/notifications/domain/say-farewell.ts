import { FAREWELL } from './message.js'
import type { Notify } from './notify.js'
import type { Contact } from './ports.js'

type Deps<Tx> = {
  /** Writes a message to somebody who is reached like this. */
  notifyAt: (contact: Contact) => Notify<Tx>
}

const DAY_SECONDS = 24 * 60 * 60

/** Writes the last message to somebody whose account is gone; its row goes as soon as it was sent, or a day later. */
export function makeSayFarewell<Tx>({ notifyAt }: Deps<Tx>) {
  return async function sayFarewell(
    cause: { tx: Tx; eventId: string },
    userId: string,
    contact: Contact,
  ): Promise<void> {
    const notify = notifyAt(contact)
    const notice = {
      via: 'EITHER',
      kind: 'ACCOUNT_DELETION',
      template: FAREWELL,
      variables: {},
      sealedSecret: null,
      expiry: { afterSeconds: DAY_SECONDS },
    } as const
    await notify({ userId, ...notice }, cause)
  }
}
