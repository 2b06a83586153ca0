import { ask } from './seed/ask.js'
import { askedUntil } from './seed/asked-until.js'
import { mailTo } from './seed/inbox.js'
import { someAdmin, someWithRole } from './seed/operators.js'
import { login, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const REQUEST = `mutation { requestAccountDeletion(input: { reason: "too loud" }) {
  deletion { requestedAt effectiveAt reason receipts { subgraph status } } userErrors { code }
} }`
const CANCEL = 'mutation { cancelAccountDeletion { deletion { effectiveAt } userErrors { code } } }'
const ME = '{ me { status deletion { effectiveAt } } }'
const DELETE = `mutation($id: ID!, $mode: DeletionMode!) {
  deleteUser(input: { userId: $id, mode: $mode }) { deletedUserId userErrors { code field } }
}`
const DAY_MS = 86_400_000

const deleteUser = (token: string, id: string, mode = 'ERASE') =>
  ask(DELETE, { token, variables: { id, mode } })

describe('leaving', () => {
  test('9.8: who asked for it is told when, still signs in, and can cancel it', async () => {
    const ada = await someVerified()
    const token = (await ada.signIn()).tokens.accessToken

    const asked = await ask(REQUEST, { token })
    await mailTo(ada.email, /going to be deleted/i)
    const again = (await ada.signIn()).tokens.accessToken
    const pending = await ask(ME, { token: again })
    const cancelled = await ask(CANCEL, { token: again })
    const twice = await ask(CANCEL, { token: again })
    const after = await ask(ME, { token })

    const { deletion } = asked.data['requestAccountDeletion'] as unknown as {
      deletion: { requestedAt: string; effectiveAt: string }
    }
    expect(Date.parse(deletion.effectiveAt) - Date.parse(deletion.requestedAt)).toBe(30 * DAY_MS)
    expect(deletion).toMatchObject({
      reason: 'too loud',
      receipts: ['users', 'auth', 'passwords', 'otp', 'notifications'].map((subgraph) => ({
        ...{ subgraph, status: 'QUEUED' },
      })),
    })
    expect(pending.data).toEqual({
      me: { status: 'PENDING_DELETION', deletion: { effectiveAt: deletion.effectiveAt } },
    })
    for (const { data } of [cancelled, twice]) {
      expect(data).toEqual({ cancelAccountDeletion: { deletion: null, userErrors: [] } })
    }
    expect(after.data).toEqual({ me: { status: 'ACTIVE', deletion: null } })
    await mailTo(ada.email, /your account stays/i)
  })
})

describe('deleting somebody', () => {
  test('9.7: their sessions end within 5 seconds, nobody is there any more, and the address is free', async () => {
    const [ada, operator] = [await someVerified(), await someAdmin()]
    const { tokens, userId } = await ada.signIn()
    const token = operator.session.tokens.accessToken

    const deleted = await deleteUser(token, userId)
    const refusedAfter = await untilRefused(tokens.accessToken)
    const byPassword = await login({ identifier: { email: ada.email }, password: ada.password }, ada.ip)
    const refreshed = await ask(
      'mutation($refreshToken: String) { refreshToken(input: { refreshToken: $refreshToken }) { tokens { tokenType } userErrors { code } } }',
      { variables: { refreshToken: tokens.refreshToken } },
    )
    const found = await ask('query($id: ID!) { user(id: $id) { id } }', { token, variables: { id: userId } })
    const again = await deleteUser(token, userId)
    const nobody = await deleteUser(token, 'usr_01jz0000000000000000000000')

    expect(deleted.data).toEqual({ deleteUser: { deletedUserId: userId, userErrors: [] } })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(byPassword.data).toMatchObject({ login: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } })
    expect(refreshed.data).toMatchObject({ refreshToken: { tokens: null } })
    expect(found.data).toEqual({ user: null })
    expect(again.data).toEqual(deleted.data)
    expect(nobody.data).toMatchObject({
      deleteUser: { deletedUserId: null, userErrors: [{ code: 'NOT_FOUND', field: ['userId'] }] },
    })
    await mailTo(ada.email, /your account was deleted/i)
  })

  test('ANONYMIZE leaves an id of whom nothing is known, with a receipt of everyone who erased their part', async () => {
    const [ada, operator] = [await someVerified(), await someAdmin()]
    const { userId } = await ada.signIn()
    const token = operator.session.tokens.accessToken

    await deleteUser(token, userId, 'ANONYMIZE')

    const left = await askedUntil(
      () =>
        ask(
          'query($id: ID!) { user(id: $id) { id status username displayName email deletion { reason receipts { subgraph status fields } } sessions { nodes { id } } } }',
          { token, variables: { id: userId } },
        ),
      ({ data }) => !JSON.stringify(data).includes('RUNNING'),
    )
    const receipt = (subgraph: string, fields: unknown) => ({ subgraph, status: 'SUCCEEDED', fields })
    expect(left.data).toEqual({
      user: {
        ...{ id: userId, status: 'DISABLED', username: null, displayName: null, email: null },
        deletion: {
          reason: null,
          receipts: [
            receipt('users', 2),
            receipt('auth', 3),
            receipt('passwords', 1),
            receipt('otp', 0),
            receipt('notifications', expect.any(Number)),
          ],
        },
        sessions: { nodes: [] },
      },
    })
  })

  test('is not for support, nor of an administrator by who may do less', async () => {
    const [support, operator, ada] = [await someWithRole('support'), await someAdmin(), await someVerified()]
    const { userId } = await ada.signIn()

    const bySupport = await deleteUser(support.session.tokens.accessToken, userId)
    const byHerself = await deleteUser((await ada.signIn()).tokens.accessToken, operator.session.userId)

    expect([bySupport.codes, byHerself.codes]).toEqual([['FORBIDDEN'], ['FORBIDDEN']])
  })
})
