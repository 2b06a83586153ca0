import { ask } from './seed/ask.js'
import { mailsTo, mailTo, textTo, tokenIn } from './seed/inbox.js'
import { someAdmin, someWithRole } from './seed/operators.js'
import { login, someClient, someNumber, somePerson, someVerified, verify } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const DISABLE = `mutation($input: DisableUserInput!) { disableUser(input: $input) { user { id status } userErrors { code field } } }`
const ENABLE = `mutation($id: ID!) { enableUser(id: $id) { user { id status } userErrors { code field } } }`
const ASSIGN = `mutation($id: ID!, $role: String!) { assignRole(userId: $id, role: $role) { user { roles { name } } userErrors { code field } } }`
const UNASSIGN = ASSIGN.replace('assignRole', 'unassignRole')
const UPDATE = `mutation($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { user { displayName username } userErrors { code field } } }`
const UPDATE_EMAIL = UPDATE.replace('displayName username', 'email emailVerified')
const UPDATE_NUMBER = UPDATE.replace('displayName username', 'phoneNumber phoneNumberVerified')
const CHANGED_NUMBER = /telephone number was changed/i

describe('administration', () => {
  test('4.5, 7.4: who is disabled is refused within 5 seconds and signs in no more, as one nobody knows, until enabled', async () => {
    const [support, ada] = [await someWithRole('support'), await someVerified()]
    const token = support.session.tokens.accessToken
    const { tokens, userId } = await ada.signIn()
    const tryToSignIn = async () => {
      const { data } = await login({ identifier: { email: ada.email }, password: ada.password }, ada.ip)
      return data['login']
    }

    const input = { userId, reason: 'Sends spam' }
    const disabled = await ask(DISABLE, { token, variables: { input } })
    const refusedAfter = await untilRefused(tokens.accessToken)
    const meanwhile = await tryToSignIn()
    const enabled = await ask(ENABLE, { token, variables: { id: userId } })

    expect(disabled.data['disableUser']).toEqual({ user: { id: userId, status: 'DISABLED' }, userErrors: [] })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(meanwhile).toMatchObject({ result: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
    expect(enabled.data['enableUser']).toMatchObject({ user: { status: 'ACTIVE' } })
    expect(await tryToSignIn()).toMatchObject({ userErrors: [] })
  })

  test('4.5: a role that is given or taken is in the next token, and older ones are refused within 5 seconds', async () => {
    const [root, ada] = [await someAdmin(), await someVerified()]
    const token = root.session.tokens.accessToken
    const before = await ada.signIn()
    const variables = { id: before.userId, role: 'support' }

    const given = await ask(ASSIGN, { token, variables })
    const refusedAfter = await untilRefused(before.tokens.accessToken)
    const supporter = await ada.signIn()
    const reads = await ask('{ users(first: 1) { nodes { id } } }', { token: supporter.tokens.accessToken })
    const taken = await ask(UNASSIGN, { token, variables })

    expect(given.data['assignRole']).toEqual({
      user: { roles: [{ name: 'user' }, { name: 'support' }] },
      userErrors: [],
    })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(reads.errors).toBeUndefined()
    expect(taken.data['unassignRole']).toMatchObject({ user: { roles: [{ name: 'user' }] } })
    expect(await untilRefused(supporter.tokens.accessToken)).toBeLessThan(REVOCATION_MS)
  })

  test("5.4: staff end one of somebody's sessions, and nobody's who may do more", async () => {
    const [support, root, ada] = [await someWithRole('support'), await someAdmin(), await someVerified()]
    const [phone, laptop] = [await ada.signIn(), await ada.signIn()]
    const end = (id: string) =>
      ask('mutation($id: ID!) { revokeSession(id: $id) { revokedSessionIds userErrors { code } } }', {
        ...{ token: support.session.tokens.accessToken, variables: { id } },
      })
    const endAll = ask('mutation($id: ID!) { revokeUserSessions(userId: $id) { revokedSessionIds } }', {
      ...{ token: support.session.tokens.accessToken, variables: { id: root.session.userId } },
    })

    const ended = await end(phone.sessionId)
    const refused = [await end(root.session.sessionId), await endAll]

    expect(ended.data['revokeSession']).toEqual({ revokedSessionIds: [phone.sessionId], userErrors: [] })
    expect(await untilRefused(phone.tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect((await ask('{ me { id } }', { token: laptop.tokens.accessToken })).status).toBe(200)
    await expect(mailTo(ada.email, /you were signed out/i)).resolves.toBeDefined()
    for (const { codes } of refused) expect(codes).toEqual(['FORBIDDEN'])
    const own = await ask('{ me { id } }', { token: root.session.tokens.accessToken })
    expect(own.status).toBe(200)
  })

  test('a supporter does nothing to an administrator, and nothing is what became of them', async () => {
    const [support, root] = [await someWithRole('support'), await someAdmin()]
    const token = support.session.tokens.accessToken
    const { userId } = root.session

    const disabled = await ask(DISABLE, { token, variables: { input: { userId, reason: 'x' } } })
    const updated = await ask(UPDATE, { token, variables: { id: userId, input: { username: 'defaced' } } })

    expect([disabled.codes, updated.codes]).toEqual([['FORBIDDEN'], ['FORBIDDEN']])
    expect((await ask('{ me { id } }', { token: root.session.tokens.accessToken })).status).toBe(200)
  })

  test('9.4: an address that support changes is in force at once; the old one is told, and undoes it, which ends every session', async () => {
    const [support, ada] = [await someWithRole('support'), await someVerified()]
    const token = support.session.tokens.accessToken
    const { tokens, userId } = await ada.signIn()
    const { email } = somePerson()

    const changed = await ask(UPDATE_EMAIL, { token, variables: { id: userId, input: { email } } })
    const [notice, link] = [
      await mailTo(ada.email, /email address was changed/i),
      await mailTo(email, /confirm your email address/i),
    ]
    const verified = await verify(tokenIn(link))
    const signedIn = await login({ identifier: { email }, password: ada.password }, ada.ip)
    const meanwhile = await ask('{ me { id } }', { token: tokens.accessToken })
    const undone = await ask(
      'mutation($token: String!) { revertContactChange(input: { token: $token }) { userErrors { code } } }',
      { variables: { token: tokenIn(notice) } },
    )

    expect(changed.data['updateUser']).toEqual({ user: { email, emailVerified: false }, userErrors: [] })
    expect(verified.data['verifyEmail']).toMatchObject({ userErrors: [] })
    expect(signedIn.data['login']).toMatchObject({ result: { __typename: 'LoginSuccess' } })
    expect(meanwhile.status).toBe(200)
    expect(undone.data['revertContactChange']).toEqual({ userErrors: [] })
    expect(await untilRefused(tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    const again = await login({ identifier: { email: ada.email }, password: ada.password }, ada.ip)
    expect(again.data['login']).toMatchObject({ result: { __typename: 'LoginSuccess' } })
  })

  test('an address that is taken is told, and one that support vouches for needs no link', async () => {
    const [support, ada, bob] = [await someWithRole('support'), await someVerified(), await someVerified()]
    const token = support.session.tokens.accessToken
    const { userId } = await ada.signIn()
    const { email } = somePerson()
    const update = (input: object) => ask(UPDATE_EMAIL, { token, variables: { id: userId, input } })

    const taken = await update({ email: bob.email })
    const vouched = await update({ email, emailVerified: true })
    const withdrawn = await update({ emailVerified: false })

    expect(taken.data['updateUser']).toEqual({
      user: null,
      userErrors: [{ code: 'TAKEN', field: ['email'] }],
    })
    expect(vouched.data['updateUser']).toMatchObject({ user: { email, emailVerified: true } })
    expect(withdrawn.data['updateUser']).toMatchObject({ user: { email, emailVerified: false } })
    expect(tokenIn(await mailTo(email, /confirm your email address/i))).not.toBe('')
  })

  test('9.4: a number that support changes is in force at once; old number and address are told, and undo it', async () => {
    const [support, ada, bob] = [await someWithRole('support'), await someVerified(), await someVerified()]
    const token = support.session.tokens.accessToken
    const [{ userId, tokens }, { userId: bobId }] = [await ada.signIn(), await bob.signIn()]
    const [old, next] = [someNumber(), someNumber()]
    const update = (input: object, id = userId) => ask(UPDATE_NUMBER, { token, variables: { id, input } })
    const signIn = (phoneNumber: string) =>
      login({ identifier: { phoneNumber }, password: ada.password }, ada.ip)

    const vouched = await update({ phoneNumber: old, phoneNumberVerified: true })
    const changed = await update({ phoneNumber: next })
    const taken = await update({ phoneNumber: old }, bobId)
    const unproved = await signIn(next)
    const text = await textTo(old)
    await mailTo(ada.email, CHANGED_NUMBER, 2)
    const mailed = (await mailsTo(ada.email)).filter(({ subject }) => CHANGED_NUMBER.test(subject))
    const undone = await ask(
      'mutation($token: String!) { revertContactChange(input: { token: $token }) { userErrors { code } } }',
      { variables: { token: tokenIn(text) } },
    )

    expect(vouched.data['updateUser']).toEqual({
      user: { phoneNumber: old, phoneNumberVerified: true },
      userErrors: [],
    })
    expect(changed.data['updateUser']).toMatchObject({
      user: { phoneNumber: next, phoneNumberVerified: false },
    })
    expect(taken.data['updateUser']).toEqual({
      user: null,
      userErrors: [{ code: 'TAKEN', field: ['phoneNumber'] }],
    })
    expect(unproved.data['login']).toMatchObject({ result: null })
    expect(mailed.map(tokenIn)).toContain(tokenIn(text))
    expect(undone.data['revertContactChange']).toEqual({ userErrors: [] })
    expect(await untilRefused(tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect((await signIn(old)).data['login']).toMatchObject({ result: { __typename: 'LoginSuccess' } })
  })

  test('wrong input is told by its field', async () => {
    const [root, bob] = [await someAdmin(), await (await someVerified()).signIn()]
    const token = root.session.tokens.accessToken
    const problems = async (query: string, variables: Record<string, unknown>) => {
      const { data } = await ask(query, { token, variables })
      return (Object.values(data)[0] as unknown as { userErrors: object[] }).userErrors
    }
    const id = bob.userId
    const nobody = 'usr_01jz0000000000000000000000'

    expect(
      await problems(DISABLE, { input: { userId: id, reason: ' ', until: '2001-01-01T00:00:00Z' } }),
    ).toEqual([
      { code: 'REQUIRED', field: ['reason'] },
      { code: 'INVALID', field: ['until'] },
    ])
    expect(await problems(DISABLE, { input: { userId: nobody, reason: 'x' } })).toEqual([
      { code: 'NOT_FOUND', field: ['userId'] },
    ])
    expect(await problems(ENABLE, { id: 'nobody' })).toEqual([{ code: 'NOT_FOUND', field: ['id'] }])
    expect(await problems(ASSIGN, { id, role: 'owner' })).toEqual([{ code: 'INVALID', field: ['role'] }])
    expect(await problems(UNASSIGN, { id, role: 'user' })).toEqual([{ code: 'INVALID', field: ['role'] }])
    expect(await problems(UPDATE, { id, input: { username: 'a b' } })).toEqual([
      { code: 'USERNAME_NOT_ALLOWED', field: ['username'] },
    ])
  })

  test('the SDK does all of it', async () => {
    const [root, bob, client] = [await someAdmin(), await (await someVerified()).signIn(), someClient()]
    await client.signIn({ identifier: { email: root.email }, password: root.password })
    const id = bob.userId
    const username = `n${id.slice(-12)}`

    const updated = await client.updateUser(id, { username, profile: { displayName: 'Bob' } })
    await client.assignRole(id, 'support')
    await client.unassignRole(id, 'support')
    const disabled = await client.disableUser({ userId: id, reason: 'x', until: '2090-01-01T00:00:00Z' })
    const enabled = await client.enableUser(id)

    expect(updated.user).toMatchObject({ displayName: 'Bob', username })
    expect([disabled.user?.status, enabled.user?.status]).toEqual(['DISABLED', 'ACTIVE'])
  })
})
