import { someActor } from '../../shared/test/requests.js'
import { makeResetFactors } from './reset-factors.js'

const staff = { scopes: ['mfa:reset'], by: someActor() }

const resetWith = (theirs: readonly string[] | null, had = true) =>
  makeResetFactors({
    factors: { reset: async () => had },
    scopesOf: async () => theirs,
    covers: (held, others) => others.every((scope) => held.includes(scope)),
  })

test('takes the factors of somebody who may do no more than who asks', async () => {
  expect(await resetWith([])({ userId: 'usr_1', reason: 'lost phone' }, staff)).toEqual({ kind: 'reset' })
  expect(await resetWith(['users:read'])({ userId: 'usr_1', reason: 'lost' }, staff)).toEqual({
    kind: 'forbidden',
  })
})

test.each<[string, string, readonly string[] | null, boolean, object]>([
  ['nobody', 'lost', null, true, { code: 'NOT_FOUND', field: ['userId'] }],
  ['who has none', 'lost', [], false, { code: 'NOT_ENROLLED', field: ['userId'] }],
  ['no reason', ' ', [], true, { code: 'REQUIRED', field: ['reason'] }],
  ['too many words', 'x'.repeat(65), [], true, { code: 'TOO_LONG', field: ['reason'] }],
])('is refused for %s', async (_, reason, theirs, had, problem) => {
  expect(await resetWith(theirs, had)({ userId: 'usr_1', reason }, staff)).toEqual({
    kind: 'refused',
    problems: [problem],
  })
})
