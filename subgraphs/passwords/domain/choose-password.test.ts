import { makeChoosePassword } from './choose-password.js'
import type { CheckPassword } from './password-policy.js'
import type { PasswordHasher, StoredPassword } from './ports.js'

const USER = 'usr_ada'
const stored = (password: string): StoredPassword => ({ phc: password, pepperVersion: 1 })

/** Somebody whose last passwords these are. A hash here is the password itself. */
function choosing(
  used: string[],
  check: Partial<Awaited<ReturnType<CheckPassword>>> = {},
  hasSecondFactor = false,
) {
  const asked: unknown[] = []
  const spent = { verified: 0, hashed: 0, atOnce: 0, running: 0 }
  const hasher: PasswordHasher = {
    async hash(password) {
      spent.hashed += 1
      return stored(password)
    },
    async verify(password, known) {
      spent.verified += 1
      spent.running += 1
      spent.atOnce = Math.max(spent.atOnce, spent.running)
      await Promise.resolve()
      spent.running -= 1
      return { matches: known?.phc === password, needsRehash: false }
    },
  }
  const choose = makeChoosePassword({
    async check(candidate) {
      asked.push(candidate.hasSecondFactor)
      return { acceptable: true, score: 4, reasons: [], suggestions: [], ...check }
    },
    hasher,
    history: { listUsed: async () => used.map(stored) },
    hasSecondFactor: async () => hasSecondFactor,
  })
  return { choose: (password: string) => choose({ userId: USER, password, identity: [] }), spent, asked }
}

test('what nobody had is hashed once, and compared with each they had, one after another', async () => {
  const { choose, spent } = choosing(['one', 'two', 'three'])

  expect(await choose('four')).toEqual({ kind: 'chosen', stored: stored('four') })
  expect(spent).toEqual({ verified: 3, hashed: 1, atOnce: 1, running: 0 })
})

test('what they had, be it the one in force, is refused and not hashed', async () => {
  const { choose, spent } = choosing(['one', 'two'])

  expect(await choose('two')).toEqual({
    ...{ kind: 'refused', problems: [{ code: 'PASSWORD_REUSED', field: ['newPassword'] }] },
  })
  expect(spent.hashed).toBe(0)
})

test('what the policy refuses costs no hash, and every reason is told', async () => {
  const refusal = { acceptable: false, reasons: ['PASSWORD_TOO_SHORT', 'PASSWORD_COMMON'] as const }
  const { choose, spent } = choosing(['one'], { ...refusal, reasons: [...refusal.reasons] })

  expect(await choose('x')).toEqual({
    kind: 'refused',
    problems: [
      { code: 'PASSWORD_TOO_SHORT', field: ['newPassword'] },
      { code: 'PASSWORD_COMMON', field: ['newPassword'] },
    ],
  })
  expect(spent).toMatchObject({ verified: 0, hashed: 0 })
})

test.each([true, false])(
  '6.1: a second factor lets it be shorter where the policy says so: %s',
  async (hasOne) => {
    const { choose, asked } = choosing([], {}, hasOne)
    await choose('plum kettle')

    expect(asked).toEqual([hasOne])
  },
)

test('an empty one is missing', async () => {
  expect(await choosing([]).choose('')).toMatchObject({ problems: [{ code: 'REQUIRED' }] })
})
