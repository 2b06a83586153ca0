import type { Account, NewLink } from './ports.js'
import { makeResendEmailVerification } from './resend-email-verification.js'

const PAGE = 'https://id.acme.test/account/verify'
const INVITE = 'https://id.acme.test/account/invite'

async function resent(email: string, account: Pick<Account, 'id'> | null) {
  const calls: string[] = []
  const renewed: { userId: string; link: NewLink }[] = []
  const resend = makeResendEmailVerification({
    accounts: {
      async findByIdentifier({ kind, value }) {
        calls.push(`find ${kind} ${value}`)
        return account as Account | null // only its id is read
      },
      async renewLink(userId, link) {
        calls.push('renew')
        renewed.push({ userId, link })
      },
    },
    newId: () => 'usr_nobody',
    newToken: () => 'clear',
    digestOf: () => new Uint8Array([7]),
    seal: async () => 'sealed',
    verificationUrl: PAGE,
    invitationUrl: INVITE,
  })
  return { result: await resend(email), calls, renewed }
}

test('7.4: an address nobody has costs the same calls and gets the same answer', async () => {
  const known = await resent('Ada@acme.test', { id: 'usr_ada' })
  const unknown = await resent('Ada@acme.test', null)

  expect(unknown.result).toEqual(known.result)
  expect(unknown.calls).toEqual(known.calls)
  expect(known.calls).toEqual(['find email ada@acme.test', 'renew'])
  expect([known.renewed[0]?.userId, unknown.renewed[0]?.userId]).toEqual(['usr_ada', 'usr_nobody'])
})

test('the link leads to our page and its token is sealed', async () => {
  const { renewed } = await resent('ada@acme.test', { id: 'usr_ada' })

  expect(renewed[0]?.link).toEqual({
    digest: new Uint8Array([7]),
    sealedToken: 'sealed',
    verificationUrl: PAGE,
    invitationUrl: INVITE,
  })
})

test('what is no address is refused before anyone is looked for', async () => {
  const { result, calls } = await resent('ada', null)

  expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID_EMAIL', field: ['email'] }] })
  expect(calls).toEqual([])
})
