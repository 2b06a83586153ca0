import { someActor } from '../../shared/test/requests.js'
import type { Deletion, DeletionStore } from './deletion-ports.js'
import { makeDeletions } from './deletions.js'
import type { Account } from './ports.js'

const by = someActor()
const ADA = {
  id: 'usr_ada',
  email: 'ada@acme.test',
  emailVerifiedAt: new Date(0),
  phoneNumber: '+4366012345',
  phoneNumberVerifiedAt: null,
  displayName: 'Ada',
  locale: 'en',
  timeZone: null,
}
const PENDING: Deletion = {
  ...{ userId: 'usr_ada', reason: null, requestedAt: new Date(0), effectiveAt: new Date(1), deletedAt: null },
  receipts: [],
}

function kit(store: Partial<DeletionStore> = {}) {
  const told: unknown[] = []
  const unexpected = async () => {
    throw new Error('not expected')
  }
  const deletions = makeDeletions({
    store: {
      ...{ request: unexpected, cancel: unexpected, deleteNow: unexpected, deleteDue: async () => null },
      ...{ findMany: async () => [PENDING], tellAgain: async () => [], ...store },
    },
    roles: { areCoveredBy: (_scopes, names) => !names.includes('admin') },
    graceDays: 30,
    isUserId: (id) => id.startsWith('usr_'),
    seal: async (text) => `sealed ${text}`,
    tellAuth: async (change) => told.push(change),
  })
  return { deletions, told }
}

describe('leaving', () => {
  test('is asked for with the time to think again that the operator gives, and a reason in few words', async () => {
    const asked: unknown[] = []
    const request: DeletionStore['request'] = async (wanted) => {
      asked.push(wanted)
      return { kind: 'pending' }
    }
    const { deletions } = kit({ request })

    expect(await deletions.request('usr_ada', ' too loud ', by)).toEqual({
      kind: 'pending',
      deletion: PENDING,
    })
    expect(await deletions.request('usr_ada', 'x'.repeat(501), by)).toMatchObject({
      problems: [{ code: 'TOO_LONG', field: ['reason'] }],
    })
    expect(asked).toEqual([{ userId: 'usr_ada', reason: 'too loud', graceDays: 30 }])
  })

  test('is refused to the last administrator, and cannot be cancelled once its time has come', async () => {
    const { deletions } = kit({
      request: async () => ({ kind: 'refused', reason: 'LAST_ADMIN' }),
      cancel: async () => ({ kind: 'refused', reason: 'EXPIRED' }),
    })

    expect(await deletions.request('usr_ada', null, by)).toMatchObject({ problems: [{ code: 'LAST_ADMIN' }] })
    expect(await deletions.cancel('usr_ada', by)).toMatchObject({ problems: [{ code: 'EXPIRED' }] })
  })

  test('9.7: when the time has come everyone due goes, and auth is told of each', async () => {
    const due = [1, 2].map((version) => ({ userId: `usr_${version}`, version }))
    const { deletions, told } = kit({ deleteDue: async () => due.shift() ?? null })

    await deletions.deleteDue()

    expect(told).toEqual([
      { userId: 'usr_1', version: 1, endsSessions: true },
      { userId: 'usr_2', version: 2, endsSessions: true },
    ])
  })
})

describe('deleting somebody', () => {
  const asker = { scopes: ['users:delete'], by }

  test('ends their sessions before it is acknowledged', async () => {
    const { deletions, told } = kit({
      deleteNow: async () => ({ kind: 'deleted', deleted: { userId: 'usr_ada', version: 3 } }),
    })

    expect(await deletions.deleteNow('usr_ada', 'ERASE', asker)).toEqual({
      kind: 'deleted',
      userId: 'usr_ada',
    })
    expect(told).toEqual([{ userId: 'usr_ada', version: 3, endsSessions: true }])
  })

  test('is for nobody who may less, and what is no id is nobody', async () => {
    const mays: boolean[] = []
    const deleteNow: DeletionStore['deleteNow'] = async ({ may }) => {
      mays.push(may(['user']), may(['admin']))
      return { kind: 'refused', reason: 'FORBIDDEN' }
    }
    const { deletions } = kit({ deleteNow })

    expect(await deletions.deleteNow('usr_ada', 'ERASE', asker)).toEqual({ kind: 'forbidden' })
    expect(await deletions.deleteNow('x', 'ERASE', asker)).toMatchObject({
      problems: [{ code: 'NOT_FOUND' }],
    })
    expect(mays).toEqual([true, false])
  })

  test('the last message goes to an address that was proved, sealed; else there is none', async () => {
    const sealed: (string | null)[] = []
    const deleteNow: DeletionStore['deleteNow'] = async (_act, { sealContact }) => {
      // No more of an account than this is looked at.
      const account = ADA as Account
      sealed.push(await sealContact(account), await sealContact({ ...account, emailVerifiedAt: null }))
      return { kind: 'refused', reason: 'NOT_FOUND' }
    }

    await kit({ deleteNow }).deletions.deleteNow('usr_ada', 'ERASE', asker)

    expect(sealed).toEqual([
      `sealed ${JSON.stringify({
        ...{ email: 'ada@acme.test', phoneNumber: null, emailVerified: true, phoneNumberVerified: false },
        ...{ displayName: 'Ada', locale: 'en', timeZone: null },
      })}`,
      null,
    ])
  })
})
