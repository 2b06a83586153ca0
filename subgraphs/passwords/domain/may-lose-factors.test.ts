import { makeMayLoseFactors } from './may-lose-factors.js'
import { POLICIES } from './password-policy.js'

const LENGTHS = ['long', 'short', 'unknown', null] as const

test.each([
  ['nist-800-63b-4', [true, false, false, true]],
  ['asvs-l2', [true, true, true, true]],
] as const)('6.1: by %s a password that is long, short, not known, and none', async (profile, allowed) => {
  const answers = LENGTHS.map((length) =>
    makeMayLoseFactors({ policy: POLICIES[profile], credentials: { findLength: async () => length } })(
      'usr_ada',
    ),
  )

  expect(await Promise.all(answers)).toEqual(allowed)
})
