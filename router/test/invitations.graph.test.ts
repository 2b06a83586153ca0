import { randomUUID } from 'node:crypto'
import { ask } from './seed/ask.js'
import { mailsTo, mailTo, textsTo, textTo, tokenIn } from './seed/inbox.js'
import { someAdmin, someWithRole } from './seed/operators.js'
import { login, register, someClient, someNumber, somePerson, someVerified, verify } from './seed/people.js'

const CREATE = `mutation($input: CreateUserInput!) {
  createUser(input: $input) { user { id status email emailVerified username roles { name } } userErrors { code field } }
}`
const RESEND = `mutation($email: EmailAddress!) { resendEmailVerification(input: { email: $email }) { accepted } }`
const INVITED = /you are invited/i

type Created = { user: { id: string } | null; userErrors: { code: string; field: string[] | null }[] }

async function create(token: string, input: object, headers = {}) {
  const answer = await ask(CREATE, { token, variables: { input }, headers })
  return { ...answer, created: answer.data?.['createUser'] as unknown as Created }
}

async function someStaff() {
  return (await someWithRole('support')).session.tokens.accessToken
}

describe('invitations', () => {
  test('an account that an administrator makes is taken over from its mailbox, and keeps its id, name and roles', async () => {
    const [root, bob] = [await someAdmin(), somePerson()]
    const { created } = await create(root.session.tokens.accessToken, {
      ...{ email: bob.email, username: bob.username, roles: ['support'] },
    })
    const invitationToken = tokenIn(await mailTo(bob.email, INVITED))

    const weak = await register({ invitationToken, password: 'password123' })
    const accepted = await register({
      invitationToken,
      password: bob.password,
      profile: { displayName: 'Bob' },
    })
    const signedIn = await login({ identifier: { email: bob.email }, password: bob.password }, bob.ip)
    const again = await register({ invitationToken, password: `${bob.password} too` })

    expect(created).toMatchObject({
      user: {
        ...{ status: 'PENDING_VERIFICATION', email: bob.email, emailVerified: false, username: bob.username },
        roles: [{ name: 'user' }, { name: 'support' }],
      },
      userErrors: [],
    })
    expect(weak.data['register']).toMatchObject({
      userErrors: expect.arrayContaining([
        { code: 'PASSWORD_COMMON', field: ['password'], message: expect.any(String), retryAfter: null },
      ]),
    })
    expect(accepted.data['register']).toMatchObject({
      ...{ user: { id: created.user?.id }, nextStep: 'DONE', userErrors: [] },
    })
    expect(signedIn.data['login']).toMatchObject({
      result: { __typename: 'LoginSuccess', user: { id: created.user?.id } },
    })
    expect(again.data['register']).toMatchObject({
      ...{ user: null, userErrors: [{ code: 'ALREADY_USED', field: ['invitationToken'] }] },
    })
  })

  test('4.3: an invitation verifies nothing as a link, and a link is no invitation', async () => {
    const [token, bob, ada] = [await someStaff(), somePerson(), somePerson()]
    await create(token, { email: bob.email })
    await register({ email: ada.email, password: ada.password })
    const [invitation, link] = [await mailTo(bob.email, INVITED), await mailTo(ada.email, /welcome/i)]

    const asLink = await verify(tokenIn(invitation))
    const asInvitation = await register({ invitationToken: tokenIn(link), password: ada.password })

    expect(asLink.data['verifyEmail']).toMatchObject({ userErrors: [{ code: 'EXPIRED', field: ['token'] }] })
    expect(asInvitation.data['register']).toMatchObject({
      userErrors: [{ code: 'EXPIRED', field: ['invitationToken'] }],
    })
  })

  test('whoever registers with the address of a prepared account gets the answer of everyone, and its mailbox the invitation', async () => {
    const [token, bob, mallory] = [await someStaff(), somePerson(), somePerson()]
    await create(token, { email: bob.email, sendInvitation: false })

    const registered = await register({ email: bob.email, password: mallory.password })
    const invitationToken = tokenIn(await mailTo(bob.email, INVITED))
    await register({ invitationToken, password: bob.password })
    const asBob = await login({ identifier: { email: bob.email }, password: bob.password }, bob.ip)
    const asMallory = await login({ identifier: { email: bob.email }, password: mallory.password })

    expect(registered.data['register']).toMatchObject({
      user: null,
      nextStep: 'VERIFY_EMAIL',
      userErrors: [],
    })
    expect(asBob.data['login']).toMatchObject({ result: { __typename: 'LoginSuccess' } })
    expect(asMallory.data['login']).toMatchObject({ result: null })
  })

  test('an account that was made without an invitation is invited when its link is asked for', async () => {
    const [token, bob] = [await someStaff(), somePerson()]
    await create(token, { email: bob.email, sendInvitation: false })
    expect(await mailsTo(bob.email)).toEqual([])

    const resent = await ask(RESEND, { variables: { email: bob.email } })

    expect(resent.data['resendEmailVerification']).toEqual({ accepted: true })
    expect((await mailTo(bob.email, INVITED)).text).toContain('/account/invite#token=')
  })

  test('5.5: roles take roles:write, and never more than one has oneself; an address that is taken is told', async () => {
    const [token, root, ada] = [await someStaff(), await someAdmin(), await someVerified()]
    const email = somePerson().email

    const bySupport = await create(token, { email, roles: ['support'] })
    const unknown = await create(root.session.tokens.accessToken, { email, roles: ['owner'] })
    const taken = await create(token, { email: ada.email, username: ada.username })

    expect(bySupport.codes).toEqual(['FORBIDDEN'])
    expect(unknown.created).toEqual({ user: null, userErrors: [{ code: 'INVALID', field: ['roles'] }] })
    expect(taken.created).toEqual({
      user: null,
      userErrors: [
        { code: 'TAKEN', field: ['email'] },
        { code: 'TAKEN', field: ['username'] },
      ],
    })
  })

  test('by number alone the invitation is texted, and accepting it proves the number', async () => {
    const [token, { username, password, ip }, phoneNumber] = [await someStaff(), somePerson(), someNumber()]
    const { created } = await create(token, { phoneNumber, username })
    const text = await textTo(phoneNumber)

    const accepted = await register({ invitationToken: tokenIn(text), password })
    const signedIn = await login({ identifier: { phoneNumber }, password }, ip)

    expect(created).toMatchObject({ user: { status: 'PENDING_VERIFICATION', email: null, username } })
    expect(text.text).toContain('/account/invite#token=')
    expect(text.text).not.toContain(username)
    expect(accepted.data['register']).toMatchObject({
      ...{ user: { id: created.user?.id }, nextStep: 'DONE', userErrors: [] },
    })
    expect(signedIn.data['login']).toMatchObject({
      result: { __typename: 'LoginSuccess', user: { id: created.user?.id } },
    })
    expect((await create(token, { email: somePerson().email, phoneNumber })).created).toEqual({
      user: null,
      userErrors: [{ code: 'TAKEN', field: ['phoneNumber'] }],
    })
  })

  test('8.3: a number that was made without an invitation is texted one when it registers, and not twice within a minute', async () => {
    const [token, { password }, phoneNumber] = [await someStaff(), somePerson(), someNumber()]
    await create(token, { phoneNumber, sendInvitation: false })
    const before = await textsTo(phoneNumber)

    const registered = await register({ phoneNumber, password: somePerson().password })
    const invitationToken = tokenIn(await textTo(phoneNumber))
    const again = await register({ phoneNumber, password })
    const accepted = await register({ invitationToken, password })

    expect(before).toEqual([])
    expect(registered.data['register']).toMatchObject({ nextStep: 'VERIFY_PHONE', userErrors: [] })
    expect(again.data['register']).toMatchObject({ userErrors: [{ code: 'RATE_LIMITED' }] })
    expect(accepted.data['register']).toMatchObject({ nextStep: 'DONE', userErrors: [] })
    expect((await textsTo(phoneNumber)).map(tokenIn)).toEqual([invitationToken])
  })

  test('a number beside an address waits for a proof of its own; one that may not be texted is no way alone', async () => {
    const [token, bob, phoneNumber] = [await someStaff(), somePerson(), someNumber()]
    const both = await create(token, { email: bob.email, phoneNumber })
    const landline = await create(token, { phoneNumber: '+493012345678' })
    const invitationToken = tokenIn(await mailTo(bob.email, INVITED))

    await register({ invitationToken, password: bob.password })
    const byNumber = await login({ identifier: { phoneNumber }, password: bob.password }, bob.ip)
    const byAddress = await login({ identifier: { email: bob.email }, password: bob.password }, bob.ip)

    expect(both.created).toMatchObject({ user: { email: bob.email }, userErrors: [] })
    expect(landline.created).toEqual({
      user: null,
      userErrors: [{ code: 'INVALID_PHONE', field: ['phoneNumber'] }],
    })
    expect(byNumber.data['login']).toMatchObject({ result: null })
    expect(byAddress.data['login']).toMatchObject({ result: { __typename: 'LoginSuccess' } })
    expect(await textsTo(phoneNumber)).toEqual([])
  })

  test('13.4: made again under the same key it is the same account, and one mail', async () => {
    const [token, bob] = [await someStaff(), somePerson()]
    const headers = { 'idempotency-key': randomUUID() }

    const first = await create(token, { email: bob.email }, headers)
    const second = await create(token, { email: bob.email }, headers)
    const other = await create(token, { email: somePerson().email }, headers)

    expect(second.created).toEqual(first.created)
    expect(other.codes).toEqual(['IDEMPOTENCY_CONFLICT'])
    await mailTo(bob.email, INVITED)
    expect(await mailsTo(bob.email)).toHaveLength(1)
  })

  test('12.4: who made an account is in the audit log; the SDK makes one', async () => {
    const [root, bob, client] = [await someAdmin(), somePerson(), someClient()]
    await client.signIn({ identifier: { email: root.email }, password: root.password })

    const { user } = await client.createUser({ email: bob.email, roles: ['support'] })
    const invitationToken = tokenIn(await mailTo(bob.email, INVITED))
    const accepted = await client.register({ invitationToken, password: bob.password })

    expect(accepted).toMatchObject({ user: { id: user?.id }, nextStep: 'DONE' })
    const filter = { subjectId: user?.id ?? '' }
    let actions: string[] = []
    const deadline = Date.now() + 10_000
    while (!actions.includes('user.accept-invitation') && Date.now() < deadline) {
      const log = await client.auditLog({ first: 20, filter })
      actions = log.nodes.map(({ action }) => action)
    }
    expect(actions).toEqual(
      expect.arrayContaining(['user.create', 'user.accept-invitation', 'user.verify-email']),
    )
  }, 30_000)
})
