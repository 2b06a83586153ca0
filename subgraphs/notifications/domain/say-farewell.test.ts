import type { Notice } from './message.js'
import type { Contact } from './ports.js'
import { makeSayFarewell } from './say-farewell.js'

const CONTACT: Contact = {
  ...{ email: 'ada@acme.test', emailVerified: true, phoneNumber: null, phoneNumberVerified: false },
  ...{ displayName: 'Ada', locale: 'de', timeZone: null },
}

test('the last message goes where the account could be reached when it went', async () => {
  const written: [Contact, Notice][] = []
  const sayFarewell = makeSayFarewell<null>({
    notifyAt: (contact) => async (notice) => void written.push([contact, notice]),
  })

  await sayFarewell({ tx: null, eventId: 'evt' }, 'usr_1', CONTACT)

  expect(written).toMatchObject([
    [
      { email: 'ada@acme.test', displayName: 'Ada' },
      { userId: 'usr_1', via: 'EITHER', template: 'account-deleted', expiry: { afterSeconds: 86_400 } },
    ],
  ])
})
