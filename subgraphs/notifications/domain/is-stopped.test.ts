import { makeIsStopped } from './is-stopped.js'
import type { ClaimedMessage } from './message.js'
import { DEFAULT_PREFERENCES, type Refusable } from './preferences.js'
import type { SuppressionReason } from './suppression.js'

type Message = Partial<Pick<ClaimedMessage, 'kind' | 'refusedBy' | 'userId'>>

const ALL_WANTED = { ...DEFAULT_PREFERENCES, loginAlerts: true, profileChanges: true, productNews: true }

const stopped = (
  { kind = 'PASSWORD_CHANGED', refusedBy = null, userId = 'usr_ada' }: Message,
  reasons: SuppressionReason[],
  { mayProve = true, off }: { mayProve?: boolean; off?: Refusable } = {},
) =>
  makeIsStopped({
    suppressions: { listReasons: async () => reasons, takeProof: async () => mayProve },
    preferencesOf: async () => (off ? { ...ALL_WANTED, [off]: false } : ALL_WANTED),
  })({
    ...{ id: 'ntf_1', userId, channel: 'EMAIL', recipient: 'ada@example.org', kind, refusedBy },
  })

test('of most addresses nothing is known, and everything goes', async () => {
  expect(await stopped({ refusedBy: 'productNews' }, [])).toBe(false)
})

test('a complaint stops what may be refused, and no mail about security', async () => {
  expect(await stopped({ kind: 'LOGIN_ALERT', refusedBy: 'loginAlerts' }, ['COMPLAINT'])).toBe(true)
  // The same kind, after failed tries: that is told to everybody.
  expect(await stopped({ kind: 'LOGIN_ALERT' }, ['COMPLAINT'])).toBe(false)
  expect(await stopped({ kind: 'OTP' }, ['COMPLAINT'])).toBe(false)
})

test.each(['BOUNCE', 'OPT_OUT'] as const)('after a %s nothing goes', async (reason) => {
  expect(await stopped({}, [reason])).toBe(true)
  expect(await stopped({ refusedBy: 'profileChanges' }, ['COMPLAINT', reason])).toBe(true)
})

test.each([
  'WELCOME',
  'INVITATION',
  'EMAIL_VERIFICATION',
  'PHONE_VERIFICATION',
  'PASSWORD_RESET',
  'OTP',
] as const)('but %s, which would prove the address, when it is its turn', async (kind) => {
  expect([
    await stopped({ kind }, ['BOUNCE']),
    await stopped({ kind }, ['BOUNCE'], { mayProve: false }),
  ]).toEqual([false, true])
})

test.each(['profileChanges', 'productNews'] as const)(
  'what was switched off since stays here: %s',
  async (what) => {
    expect(await stopped({ refusedBy: what }, [], { off: what })).toBe(true)
    expect(await stopped({ refusedBy: what }, [], { off: 'loginAlerts' })).toBe(false)
    expect(await stopped({ refusedBy: null }, [], { off: what })).toBe(false)
    // What a service sends to an address that it named is nobody's to switch off.
    expect(await stopped({ refusedBy: what, userId: null }, [], { off: what })).toBe(false)
  },
)

test('the alert of a sign-in goes, though whoever signed in has switched alerts off', async () => {
  expect(await stopped({ kind: 'LOGIN_ALERT', refusedBy: 'loginAlerts' }, [], { off: 'loginAlerts' })).toBe(
    false,
  )
})
