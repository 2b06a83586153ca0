import { makeIsStopped } from './is-stopped.js'
import type { ClaimedMessage } from './message.js'
import type { SuppressionReason } from './suppression.js'

type Message = Partial<Pick<ClaimedMessage, 'kind' | 'refusedBy'>>

const stopped = (
  { kind = 'PASSWORD_CHANGED', refusedBy = null }: Message,
  reasons: SuppressionReason[],
  mayProve = true,
) =>
  makeIsStopped({ suppressions: { listReasons: async () => reasons, takeProof: async () => mayProve } })({
    ...{ id: 'ntf_1', channel: 'EMAIL', recipient: 'ada@example.org', kind, refusedBy },
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
  expect([await stopped({ kind }, ['BOUNCE']), await stopped({ kind }, ['BOUNCE'], false)]).toEqual([
    false,
    true,
  ])
})
