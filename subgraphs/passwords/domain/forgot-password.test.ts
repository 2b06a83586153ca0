import { addressDigest } from '../../shared/identifiers/address-digest.js'
import { someActor } from '../../shared/test/requests.js'
import { type ForgotPasswordInput, makeForgotPassword } from './forgot-password.js'
import type { Account, ResetRequest } from './recovery-ports.js'

const ADA: Account = {
  ...{ id: 'usr_ada', status: 'ACTIVE', everVerified: true, displayName: null, otherNames: [], scopes: [] },
  ...{ email: 'ada@acme.test', emailVerified: true, phoneNumber: null, phoneNumberVerified: false },
}
const OURS = 'https://id.test/account/reset'
const THEIRS = 'https://app.test/reset'
const BY = someActor()

async function forgot(input: Partial<ForgotPasswordInput> = {}, account: Account | null = ADA) {
  const calls: string[] = []
  const requests: ResetRequest[] = []
  const forgotPassword = makeForgotPassword({
    async findAccount({ kind, value }) {
      calls.push(`find ${kind} ${value}`)
      return account && { id: account.id }
    },
    async getAccount(userId) {
      calls.push(`get ${userId}`)
      return account
    },
    resets: {
      async request(request) {
        requests.push(request)
      },
    },
    newUserId: () => 'usr_nobody',
    newToken: () => 'token',
    digestOf: () => new Uint8Array([7]),
    seal: async (secret) => `sealed ${secret}`,
    resetUrls: [OURS, THEIRS],
  })
  const result = await forgotPassword(
    { identifier: { email: 'Ada@Acme.test' }, channel: 'EMAIL', resetUrl: null, ...input },
    BY,
  )
  return { result, calls, requests }
}

test('10.1: a link is made for the account, tied to its address, and the token leaves sealed', async () => {
  const { result, calls, requests } = await forgot()

  expect(result).toEqual({ kind: 'accepted', code: null })
  expect(calls).toEqual(['find email ada@acme.test', 'get usr_ada'])
  expect(requests).toEqual([
    {
      userId: 'usr_ada',
      link: {
        ...{ digest: new Uint8Array([7]), address: addressDigest('token', 'ada@acme.test') },
        ...{ sealedToken: 'sealed token', resetUrl: OURS },
      },
      by: BY,
    },
  ])
})

test.each([
  ['nobody', null, 'get usr_nobody'],
  ['somebody disabled', { ...ADA, status: 'DISABLED' }, 'get usr_ada'],
  ['an address that was never proved', { ...ADA, emailVerified: false }, 'get usr_ada'],
])('7.4: %s gets the same answer by the same steps, and no link', async (_, account, asked) => {
  const { result, calls, requests } = await forgot({}, account)

  expect(result).toEqual({ kind: 'accepted', code: null })
  expect(calls).toEqual([expect.stringContaining('find'), asked])
  expect(requests).toMatchObject([{ userId: null }])
})

test("10.2: the page is one of the operator's, or it is refused", async () => {
  const theirs = await forgot({ resetUrl: THEIRS })
  const elsewhere = await forgot({ resetUrl: 'https://evil.test/reset' })

  expect(theirs.requests[0]?.link.resetUrl).toBe(THEIRS)
  expect(elsewhere).toMatchObject({
    ...{ result: { kind: 'refused', problems: [{ code: 'INVALID', field: ['resetUrl'] }] } },
    ...{ calls: [], requests: [] },
  })
})

test('what names nobody is told, before anybody is asked', async () => {
  const { result, calls } = await forgot({ identifier: { email: 'ada' } })

  expect(result).toMatchObject({ problems: [{ code: 'INVALID_EMAIL', field: ['identifier', 'email'] }] })
  expect(calls).toEqual([])
})
