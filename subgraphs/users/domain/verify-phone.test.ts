import { someActor } from '../../shared/test/requests.js'
import type { Account, AddressGrant } from './ports.js'
import { makeVerifyPhone } from './verify-phone.js'

const ADA = { id: 'usr_ada' } as Account // what the store answers is handed on unread
const GRANT: AddressGrant = {
  ...{ userId: 'usr_ada', jti: 'jti', expiresAt: new Date('2030-01-01T00:00:00Z') },
  ...{ challengeId: 'chl_1', addressDigest: 'digest' },
}

async function verified(grant: string) {
  const spent: AddressGrant[] = []
  const verifyPhone = makeVerifyPhone({
    accounts: {
      async verifyPhone(one) {
        spent.push(one)
        return { kind: 'verified', account: ADA, usernameTaken: true }
      },
    },
    readGrant: async (text) => (text === 'grant' ? GRANT : null),
  })
  return { result: await verifyPhone(grant, someActor()), spent }
}

test('a grant is spent by what it says; a username that has gone is told', async () => {
  expect(await verified('grant')).toEqual({
    result: { kind: 'verified', account: ADA, problems: [{ code: 'TAKEN', field: ['username'] }] },
    spent: [GRANT],
  })
})

test('4.3: what is no grant for this is refused and spends nothing', async () => {
  expect(await verified('another')).toEqual({
    result: { kind: 'refused', problems: [{ code: 'EXPIRED', field: ['grant'] }] },
    spent: [],
  })
})
