import { someActor } from '../../shared/test/requests.js'
import type { ContactChange, NewContactChange } from './ports.js'
import { makeRequestPhoneChange } from './request-phone-change.js'

const CHANGE = { id: 'ccg_1', userId: 'usr_ada' } as ContactChange // what the store answers is handed on unread
const CHALLENGE = { challengeId: 'chl_1', expiresAt: new Date('2030-01-01T00:05:00Z'), resendAfter: 60 }
const CODE = {
  ...{ sealedCode: 'sealed', expiresAt: '2030-01-01T00:05:00.000Z' },
  ...{ challengeId: 'chl_1', addressDigest: 'digest' },
}

type Deps = Parameters<typeof makeRequestPhoneChange>[0]

async function requested(typed: string, changes: Partial<Deps> = {}) {
  const order: string[] = []
  const wanted: NewContactChange[] = []
  const requestPhone = makeRequestPhoneChange({
    async openChallenge({ purpose, changeId, phoneNumber }) {
      order.push(`challenge ${purpose} ${changeId} ${phoneNumber}`)
      return { kind: 'opened', challenge: CHALLENGE, code: CODE }
    },
    changes: {
      async request(change) {
        order.push('request')
        wanted.push(change)
        return { kind: 'pending', change: CHANGE }
      },
    },
    newChangeId: () => 'ccg_new',
    isTextable: (number) => number.startsWith('+49'),
    ...changes,
  })
  return { result: await requestPhone('usr_ada', typed, someActor()), order, wanted }
}

test('9.4: the code is bound to the change, and leaves with it', async () => {
  const { result, order, wanted } = await requested('+49 151 12345678')

  expect(result).toEqual({ kind: 'texted', change: CHANGE, ...CHALLENGE })
  expect(order).toEqual(['challenge PROFILE_CHANGE ccg_new +4915112345678', 'request'])
  expect(wanted).toEqual([
    { id: 'ccg_new', userId: 'usr_ada', kind: 'PHONE', newValue: '+4915112345678', code: CODE },
  ])
})

test.each(['0151', '+41791234567'])('8.8: %s is refused before anything is asked', async (typed) => {
  const { result, order } = await requested(typed)

  expect(result).toEqual({
    kind: 'refused',
    problems: [{ code: 'INVALID_PHONE', field: ['newPhoneNumber'] }],
  })
  expect(order).toEqual([])
})

test('8.3: who may have no code now changes nothing', async () => {
  const openChallenge: Deps['openChallenge'] = async () => ({
    ...{ kind: 'refused', reason: 'RATE_LIMITED', retryAfter: 40 },
  })

  expect(await requested('+4915112345678', { openChallenge })).toMatchObject({
    result: { problems: [{ code: 'RATE_LIMITED', field: ['newPhoneNumber'], retryAfter: 40 }] },
    order: [],
  })
})

test.each([
  [
    { kind: 'refused', reason: 'SAME' },
    { code: 'INVALID', field: ['newPhoneNumber'] },
  ],
  [
    { kind: 'limited', retryAfter: 9 },
    { code: 'RATE_LIMITED', field: ['newPhoneNumber'], retryAfter: 9 },
  ],
] as const)('a request that the store answers %j', async (answer, problem) => {
  const { result } = await requested('+4915112345678', { changes: { request: async () => answer } })

  expect(result).toEqual({ kind: 'refused', problems: [problem] })
})
