import { someActor } from '../../shared/test/requests.js'
import { makeContactChanges } from './contact-changes.js'
import type { Account, ContactChange, ContactChangeStore, NewContactChange } from './ports.js'

const CONFIRM = 'https://id.test/account/confirm'
const THEIRS = 'https://app.test/confirm'
const TOKEN = 'T'.repeat(43)
const BY = someActor()
const ACCOUNT = { id: 'usr_ada', accessVersion: 4 } as Account // what is handed on unread
const CHANGE = { id: 'ccg_1', userId: 'usr_ada' } as ContactChange

function setUp(store: Partial<ContactChangeStore> = {}) {
  const wanted: NewContactChange[] = []
  const ended: string[] = []
  const changes = makeContactChanges({
    changes: {
      async request(change) {
        wanted.push(change)
        return { kind: 'pending', change: CHANGE }
      },
      revert: async () => ({ kind: 'done', account: ACCOUNT, change: CHANGE }),
      ...store,
    },
    newChangeId: () => 'ccg_new',
    newToken: () => 'secret',
    looksLikeToken: (text) => text.length === 43,
    digestOf: (token) => new TextEncoder().encode(`digest of ${token}`),
    seal: async (token) => `sealed ${token}`,
    confirmUrls: [CONFIRM, THEIRS],
    endSessions: async ({ id, accessVersion }) => {
      ended.push(`${id} ${accessVersion}`)
    },
  })
  return { changes, wanted, ended }
}

const refused = (...problems: object[]) => ({ kind: 'refused', problems })

test('9.1, 10.1: the address is stored in its one form, the link by digest, its token sealed', async () => {
  const { changes, wanted } = setUp()

  await changes.requestEmail('usr_ada', { newEmail: ' New@ACME.test'.trim(), confirmUrl: null }, BY)
  await changes.requestEmail('usr_ada', { newEmail: 'new@acme.test', confirmUrl: THEIRS }, BY)

  expect(wanted[0]).toEqual({
    ...{ id: 'ccg_new', userId: 'usr_ada', kind: 'EMAIL', newValue: 'new@acme.test' },
    link: {
      digest: new TextEncoder().encode('digest of secret'),
      sealedToken: 'sealed secret',
      url: CONFIRM,
    },
  })
  expect(wanted[1]?.kind === 'EMAIL' && wanted[1].link.url).toBe(THEIRS)
})

test('10.1: a page that is not listed, and what is no address, are told at once', async () => {
  const { changes, wanted } = setUp()

  expect(
    await changes.requestEmail('usr_ada', { newEmail: 'ada', confirmUrl: 'https://evil.test/confirm' }, BY),
  ).toEqual(
    refused({ code: 'INVALID_EMAIL', field: ['newEmail'] }, { code: 'INVALID', field: ['confirmUrl'] }),
  )
  expect(wanted).toEqual([])
})

test.each([
  [
    { kind: 'limited', retryAfter: 42 },
    { code: 'RATE_LIMITED', field: ['newEmail'], retryAfter: 42 },
  ],
  [
    { kind: 'refused', reason: 'SAME' },
    { code: 'INVALID', field: ['newEmail'] },
  ],
  [{ kind: 'refused', reason: 'NOT_FOUND' }, { code: 'NOT_FOUND' }],
] as const)('a request that the store answers %j', async (answer, problem) => {
  const { changes } = setUp({ request: async () => answer })

  expect(await changes.requestEmail('usr_ada', { newEmail: 'a@acme.test', confirmUrl: null }, BY)).toEqual(
    refused(problem),
  )
})

test('4.5: undoing ends the sessions before it is acknowledged, and only where something was undone', async () => {
  const { changes, ended } = setUp()
  await changes.revert(TOKEN, BY)
  const spent = setUp({ revert: async () => ({ kind: 'refused', reason: 'ALREADY_USED' }) })

  expect(ended).toEqual(['usr_ada 4'])
  expect(await spent.changes.revert(TOKEN, BY)).toEqual(refused({ code: 'ALREADY_USED', field: ['token'] }))
  expect(spent.ended).toEqual([])
})

test('what is no token is refused before anything is asked', async () => {
  const { changes, ended } = setUp()

  expect(await changes.revert('short', BY)).toEqual(refused({ code: 'INVALID', field: ['token'] }))
  expect(ended).toEqual([])
})
