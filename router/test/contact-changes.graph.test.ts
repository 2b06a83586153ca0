import { RequestEmailChangeDocument } from '../../sdk/__generated__/operations.js'
import { ask } from './seed/ask.js'
import { mailsTo, mailTo, tokenIn } from './seed/inbox.js'
import { login, someClient, somePerson, someRegistered, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const CONFIRM = `mutation($token: String) {
  confirmEmailChange(input: { token: $token }) { user { id emailVerified } change { id revertUntil } userErrors { code field } }
}`
const REVERT = `mutation($token: String!) {
  revertContactChange(input: { token: $token }) { user { id } change { id } userErrors { code field } }
}`
const ME = '{ me { email emailVerified pendingContactChanges { id kind newValueMasked } } }'

const request = (token: string, newEmail: string, headers: Record<string, string> = {}) =>
  ask(RequestEmailChangeDocument, { token, variables: { input: { newEmail } }, headers })

const confirm = (token: string) => ask(CONFIRM, { variables: { token } })
const revert = (token: string) => ask(REVERT, { variables: { token } })

/** Somebody who is signed in and has asked for another address. */
async function someAsking() {
  const ada = await someVerified()
  const session = await ada.signIn()
  const { email: newEmail } = somePerson()
  const requested = await request(session.tokens.accessToken, newEmail)
  return { ada, session, token: session.tokens.accessToken, newEmail, requested }
}

describe('changing an e-mail address', () => {
  test('9.4: the old one stays in force until the new one is proved; then the old one is told', async () => {
    const { ada, token, newEmail, requested } = await someAsking()
    const before = await ask(ME, { token })

    const confirmed = await confirm(tokenIn(await mailTo(newEmail, /confirm your new email/i)))
    const after = await ask(ME, { token })
    const byOld = await login({ identifier: { email: ada.email }, password: ada.password }, ada.ip)
    const byNew = await login({ identifier: { email: newEmail }, password: ada.password }, ada.ip)

    expect(requested.data).toMatchObject({
      requestEmailChange: { change: { kind: 'EMAIL', revertUntil: null }, userErrors: [] },
    })
    expect(before.data).toMatchObject({
      me: { email: ada.email, pendingContactChanges: [{ kind: 'EMAIL', newValueMasked: 'p•••@a•••.test' }] },
    })
    expect(confirmed.data).toMatchObject({
      confirmEmailChange: { user: { emailVerified: true }, change: { revertUntil: expect.any(String) } },
    })
    expect(after.data).toEqual({ me: { email: newEmail, emailVerified: true, pendingContactChanges: [] } })
    expect(byOld.data).toMatchObject({ login: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } })
    expect(byNew.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
    await expect(mailTo(ada.email, /your email address was changed/i)).resolves.toBeDefined()
  })

  test('9.4, 4.5: the undo link puts the old address back and ends every session within 5 seconds', async () => {
    const { ada, token, newEmail } = await someAsking()
    await confirm(tokenIn(await mailTo(newEmail, /confirm your new email/i)))
    const undo = tokenIn(await mailTo(ada.email, /your email address was changed/i))

    const undone = await revert(undo)
    const refusedAfter = await untilRefused(token)
    const again = await revert(undo)
    const byOld = await login({ identifier: { email: ada.email }, password: ada.password }, ada.ip)

    expect(undone.data).toMatchObject({ revertContactChange: { userErrors: [] } })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(again.data).toMatchObject({
      revertContactChange: { userErrors: [{ code: 'ALREADY_USED', field: ['token'] }] },
    })
    expect(byOld.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })

  test('1.3: an address that is taken is answered like a free one; its owner is told, and gets no link', async () => {
    const [bob, { token, requested: free }] = [await someVerified(), await someAsking()]

    const taken = await request(token, bob.email)
    await mailTo(bob.email, /wants to use your email address/i)

    const shape = ({ data }: typeof free) => {
      const { change, userErrors } = data['requestEmailChange'] as unknown as Record<string, object>
      return [Object.keys(change ?? {}), userErrors]
    }
    expect(shape(taken)).toEqual(shape(free))
    expect((await mailsTo(bob.email)).map(({ text }) => text).join()).not.toContain('/account/confirm')
  })

  test('13.4: the same request with one key is one change and one mail', async () => {
    const ada = await (await someVerified()).signIn()
    const { email } = somePerson()
    const key = { 'idempotency-key': 'change' }

    const first = await request(ada.tokens.accessToken, email, key)
    const second = await request(ada.tokens.accessToken, email, key)
    await mailTo(email, /confirm your new email/i)
    // A mail of somebody else's, asked for later, shows that the queue has been worked through.
    const later = await someRegistered()
    await mailTo(later.email, /welcome/i)

    expect(second.data).toEqual(first.data)
    expect(await mailsTo(email)).toHaveLength(1)
  })

  test('5.5: somebody whose proof is old, and nobody at all, may not ask', async () => {
    const anonymous = await ask(RequestEmailChangeDocument, {
      variables: { input: { newEmail: somePerson().email } },
    })

    expect([anonymous.status, anonymous.codes]).toEqual([401, ['UNAUTHENTICATED']])
  })

  test('what a person can put right is told with its field', async () => {
    const { token, ada } = await someAsking()
    const problemsOf = async (newEmail: string) =>
      (await request(token, newEmail)).data['requestEmailChange'] as unknown as object

    expect(await problemsOf('no address')).toMatchObject({
      userErrors: [{ code: 'INVALID_EMAIL', field: ['newEmail'] }],
    })
    expect(await problemsOf(ada.email)).toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['newEmail'] }],
    })
    expect((await confirm('nonsense')).data).toMatchObject({
      confirmEmailChange: { userErrors: [{ code: 'INVALID', field: ['token'] }] },
    })
  })

  test('12.4: the person finds both acts in their audit log', async () => {
    const { ada, newEmail } = await someAsking()
    await confirm(tokenIn(await mailTo(newEmail, /confirm your new email/i)))
    await revert(tokenIn(await mailTo(ada.email, /your email address was changed/i)))
    const { tokens } = await ada.signIn()
    const actions = async () => {
      const { data } = await ask('{ me { auditLog(first: 20) { nodes { action } } } }', {
        token: tokens.accessToken,
      })
      const me = data['me'] as unknown as { auditLog: { nodes: { action: string }[] } }
      return me.auditLog.nodes.map(({ action }) => action)
    }
    const wanted = ['user.request-contact-change', 'user.change-email', 'user.revert-contact-change']

    const deadline = performance.now() + 10_000
    while (performance.now() < deadline && !(await actions()).includes('user.revert-contact-change'))
      await new Promise((later) => setTimeout(later, 50))

    expect(await actions()).toEqual(expect.arrayContaining(wanted))
  })

  test('the SDK does all of it', async () => {
    const ada = await someVerified()
    const client = someClient(ada.ip)
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })
    const { email: newEmail } = somePerson()

    const requested = await client.requestEmailChange({ newEmail })
    const pending = await client.myContactChanges()
    const confirmed = await client.confirmEmailChange(
      tokenIn(await mailTo(newEmail, /confirm your new email/i)),
    )
    const undone = await client.revertContactChange(
      tokenIn(await mailTo(ada.email, /your email address was changed/i)),
    )

    expect(pending).toEqual([requested.change])
    expect(confirmed.user?.emailVerified).toBe(true)
    expect(undone.userErrors).toEqual([])
  })
})
