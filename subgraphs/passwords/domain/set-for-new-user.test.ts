import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createMemoryCredentials } from '../store/credentials.memory.js'
import type { PasswordCheck } from './password-policy.js'
import { makeSetForNewUser } from './set-for-new-user.js'

const ADA = newId(ID_PREFIXES.user)
const GOOD: PasswordCheck = { acceptable: true, score: 4, reasons: [], suggestions: [] }
const BAD: PasswordCheck = {
  acceptable: false,
  score: 0,
  reasons: ['PASSWORD_TOO_SHORT', 'PASSWORD_COMMON'],
  suggestions: [],
}

function setUp(verdict: PasswordCheck) {
  const credentials = createMemoryCredentials()
  const hashed: string[] = []
  const checked: unknown[] = []
  const setForNewUser = makeSetForNewUser({
    credentials,
    check: async (candidate) => {
      checked.push(candidate)
      return verdict
    },
    hasher: {
      hash: async (password) => {
        hashed.push(password)
        return { phc: 'hashed', pepperVersion: 1 }
      },
    },
  })
  return { credentials, hashed, checked, setForNewUser }
}

test('stores a credential that counts at once and is kept once its account has claimed it (SECURITY 13.3)', async () => {
  const { credentials, hashed, checked, setForNewUser } = setUp(GOOD)

  const result = await setForNewUser({ userId: ADA, password: 'correct horse', identity: ['ada'] })

  expect(result).toEqual({ kind: 'set' })
  expect(hashed).toEqual(['correct horse'])
  expect(checked).toEqual([{ password: 'correct horse', identity: ['ada'] }])
  expect(await credentials.find(ADA)).toMatchObject({ phc: 'hashed', pepperVersion: 1 })
})

test('refuses with every reason, and neither hashes nor stores what it refuses (SECURITY 6.1, 6.2)', async () => {
  const { credentials, hashed, setForNewUser } = setUp(BAD)

  const result = await setForNewUser({ userId: ADA, password: 'short', identity: [] })

  expect(result).toEqual({ kind: 'refused', reasons: ['PASSWORD_TOO_SHORT', 'PASSWORD_COMMON'] })
  expect(hashed).toEqual([])
  expect(await credentials.claim({ userId: ADA, replacedUserId: null })).toBe(false)
})
