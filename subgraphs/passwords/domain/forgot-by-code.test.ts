import { someActor } from '../../shared/test/requests.js'
import { type CodeRequest, makeForgotByCode } from './forgot-by-code.js'
import type { Account } from './recovery-ports.js'

const NUMBER = '+4915112345678'
const ADA: Account = {
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, displayName: null, otherNames: [], scopes: [] },
  ...{ email: 'ada@acme.test', emailVerified: true, phoneNumber: NUMBER, phoneNumberVerified: true },
}
const BY = someActor()
const CODE = { challengeId: 'chl', expiresAt: new Date('2030-01-01T00:05:00Z'), resendAfter: 60 }

type Opened = Awaited<ReturnType<Parameters<typeof makeForgotByCode>[0]['openRecovery']>>

async function forgot(
  request: Partial<CodeRequest> = {},
  account: Account | null = ADA,
  opened: Opened = { kind: 'sent', ...CODE },
) {
  const order: unknown[] = []
  const forgotByCode = makeForgotByCode({
    async findAccount({ value }) {
      order.push(value)
      return account && { id: account.id }
    },
    async getAccount(userId) {
      order.push(userId)
      return account
    },
    async openRecovery(request) {
      order.push(request)
      return opened
    },
    resets: {
      async recordCode({ userId }) {
        order.push({ recorded: userId })
      },
    },
    newUserId: () => 'usr_nobody',
  })
  const typed: CodeRequest = {
    ...{ identifier: { email: 'Ada@Acme.test' }, channel: 'EMAIL', network: '10.0.0.1', ...request },
  }
  return { result: await forgotByCode(typed, BY), order }
}

test('8.1: a challenge is opened for the account, and its id is the answer', async () => {
  const { result, order } = await forgot()

  expect(result).toEqual({ kind: 'accepted', code: CODE })
  expect(order).toEqual([
    ...['ada@acme.test', 'usr_ada'],
    {
      ...{ userId: 'usr_ada', channel: 'EMAIL', network: '10.0.0.1' },
      address: { kind: 'email', value: 'ada@acme.test' },
    },
    { recorded: 'usr_ada' },
  ])
})

const bySms = { identifier: { phoneNumber: NUMBER }, channel: 'SMS' } as const

test.each<[string, Partial<CodeRequest>, Account | null]>([
  ['nobody', {}, null],
  ['somebody disabled', {}, { ...ADA, status: 'DISABLED' }],
  ['an address that was not proved', {}, { ...ADA, emailVerified: false }],
  ['a number that was not proved', bySms, { ...ADA, phoneNumberVerified: false }],
])('7.4, 8.1: %s gets a decoy by the same steps', async (_, request, account) => {
  const { result, order } = await forgot(request, account)

  expect(result).toEqual({ kind: 'accepted', code: CODE })
  expect(order).toHaveLength(4)
  expect(order.slice(2)).toMatchObject([{ userId: null }, { recorded: null }])
})

test.each<[string, Partial<CodeRequest>]>([
  ['an address by text', { channel: 'SMS' }],
  ['a number by mail', { identifier: { phoneNumber: NUMBER } }],
  ['a username', { identifier: { username: 'ada' } }],
])('a code goes where it is typed: %s is refused, whoever it is', async (_, request) => {
  const { result, order } = await forgot(request)

  expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID', field: ['channel'] }] })
  expect(order).toEqual([])
})

test.each<['RATE_LIMITED' | 'NO_SMS' | 'NOT_TEXTABLE', object]>([
  ['RATE_LIMITED', { code: 'RATE_LIMITED', field: ['identifier'], retryAfter: 30 }],
  ['NO_SMS', { code: 'INVALID', field: ['channel'] }],
  ['NOT_TEXTABLE', { code: 'INVALID_PHONE', field: ['identifier', 'phoneNumber'] }],
])('what otp refuses is told: %s', async (reason, problem) => {
  const { result, order } = await forgot(bySms, ADA, { kind: 'refused', reason, retryAfter: 30 })

  expect(result).toEqual({ kind: 'refused', problems: [problem] })
  expect(order).toHaveLength(3)
})
