import {
  ChangePasswordDocument,
  ForgotPasswordDocument,
  GenerateOtpDocument,
  RemovePasswordDocument,
  RequirePasswordChangeDocument,
  ResetPasswordDocument,
  ValidateOtpDocument,
} from '../../sdk/__generated__/operations.js'
import { ask } from './seed/ask.js'
import { codeIn, mailTo, tokenIn } from './seed/inbox.js'
import { someAdmin, someWithRole } from './seed/operators.js'
import { login, type Person, someClient, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const CHANGED = /password was changed/i

type Changed = {
  user: { id: string; password: { mustChange: boolean } | null } | null
  revokedSessionCount: number | null
  userErrors: { code: string; field: string[] | null }[]
}

async function change(token: string, currentPassword: string, newPassword: string): Promise<Changed> {
  const answer = await ask(ChangePasswordDocument, {
    ...{ token, variables: { input: { currentPassword, newPassword } } },
  })
  return answer.data['changePassword'] as unknown as Changed
}

const canSignIn = async ({ email, ip }: Person, password: string): Promise<boolean> => {
  const { data } = await login({ identifier: { email }, password }, ip)
  return (data['login'] as unknown as { result: object | null }).result !== null
}

describe('changing a password', () => {
  test('6.5, 4.5: every other session ends within 5 seconds, this one goes on, and the owner is told', async () => {
    const ada = await someVerified()
    const [here, elsewhere] = [await ada.signIn(), await ada.signIn()]
    const password = `${ada.password} anew`

    const changed = await change(here.tokens.accessToken, ada.password, password)
    const refusedAfter = await untilRefused(elsewhere.tokens.accessToken)

    expect(changed).toEqual({
      user: { id: here.userId, password: expect.objectContaining({ isSet: true, mustChange: false }) },
      ...{ revokedSessionCount: 1, userErrors: [] },
    })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect((await ask('{ me { id } }', { token: here.tokens.accessToken })).status).toBe(200)
    expect([await canSignIn(ada, ada.password), await canSignIn(ada, password)]).toEqual([false, true])
    expect((await mailTo(ada.email, CHANGED)).text).toMatch(/was changed. All other devices were signed out/)
  })

  test('6.5: a sign-in by the password before that is on its way meanwhile does not outlive the change', async () => {
    const ada = await someVerified()
    const here = await ada.signIn()

    await Promise.all([
      ...Array.from({ length: 7 }, () => login({ identifier: { email: ada.email }, password: ada.password })),
      change(here.tokens.accessToken, ada.password, `${ada.password} anew`),
    ])

    const { data } = await ask('{ me { sessions(state: ACTIVE) { nodes { id } } } }', {
      token: here.tokens.accessToken,
    })
    expect(data['me']).toEqual({ sessions: { nodes: [{ id: here.sessionId }] } })
  })

  test('6.5: it takes the current one; what is wrong is told with its field', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    const problemOf = async (current: string, chosen: string) =>
      (await change(tokens.accessToken, current, chosen)).userErrors.map(({ code, field }) => [code, field])

    expect(await problemOf('wrong horse', `${ada.password} anew`)).toEqual([
      ['WRONG_PASSWORD', ['currentPassword']],
    ])
    expect(await problemOf(ada.password, 'password123')).toEqual([['PASSWORD_COMMON', ['newPassword']]])
    expect(await problemOf(ada.password, ada.password)).toEqual([['PASSWORD_REUSED', ['newPassword']]])
  })

  test('7.1: wrong ones count among those at the sign-in', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    const wrong = () => change(tokens.accessToken, 'wrong horse', `${ada.password} anew`)
    for (let count = 0; count < 10; count++) await wrong()

    expect((await wrong()).userErrors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS' }])
    expect(await canSignIn(ada, ada.password)).toBe(false)
  })

  test('a second password is not set; the SDK does what may be done', async () => {
    const [ada, client] = [await someVerified(), someClient()]
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })
    const newPassword = `${ada.password} anew`

    expect(await client.setPassword({ newPassword })).toMatchObject({
      userErrors: [{ code: 'ALREADY_ENROLLED' }],
    })
    expect(await client.changePassword({ currentPassword: ada.password, newPassword })).toMatchObject({
      userErrors: [],
    })
  })
})

describe('doing without a password', () => {
  const remove = async (token: string): Promise<Changed> =>
    (await ask(RemovePasswordDocument, { token })).data['removePassword'] as unknown as Changed

  test('6.5: it goes where a code signs in, other sessions with it, and its owner is told; another way is set anew', async () => {
    const ada = await someVerified()
    const [here, elsewhere] = [await ada.signIn(), await ada.signIn()]

    const removed = await remove(here.tokens.accessToken)
    const again = await remove(here.tokens.accessToken)
    const refusedAfter = await untilRefused(elsewhere.tokens.accessToken)
    const byPassword = await login({ identifier: { email: ada.email }, password: ada.password })

    expect(removed).toMatchObject({
      ...{ user: { id: here.userId, password: { isSet: false } }, revokedSessionCount: 1, userErrors: [] },
    })
    expect(again).toMatchObject({ user: null, userErrors: [{ code: 'NOT_ENROLLED' }] })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(byPassword.data['login']).toMatchObject({
      result: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS' }],
    })
    expect((await mailTo(ada.email, CHANGED)).text).toMatch(/was removed: a code signs you in from now on/)
    expect(await signsInByCode(ada.email)).toBe(true)

    await ask(ForgotPasswordDocument, { variables: { input: { identifier: { email: ada.email } } } })
    const token = tokenIn(await mailTo(ada.email, /reset your password/i))
    const reset = (newPassword: string) =>
      ask(ResetPasswordDocument, { variables: { input: { token, newPassword } } })
    expect((await reset(ada.password)).data['resetPassword']).toMatchObject({
      userErrors: [{ code: 'PASSWORD_REUSED' }],
    })
    expect((await reset(`${ada.password} anew`)).data['resetPassword']).toMatchObject({ passwordReset: true })
    expect(await canSignIn(ada, `${ada.password} anew`)).toBe(true)
  })

  test('the SDK does it', async () => {
    const [ada, client] = [await someVerified(), someClient()]
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })

    expect(await client.removePassword()).toMatchObject({ user: { password: { isSet: false } } })
    expect(await client.setPassword({ newPassword: `${ada.password} anew` })).toMatchObject({
      user: { password: { isSet: true } },
    })
  })
})

/** Whether a code that is mailed starts a session. */
async function signsInByCode(email: string): Promise<boolean> {
  const input = { purpose: 'LOGIN', channel: 'EMAIL', identifier: { email } }
  const { data } = await ask(GenerateOtpDocument, { variables: { input } })
  const { challengeId } = data['generateOtp'] as unknown as { challengeId: string }
  const code = codeIn(await mailTo(email, /one-time code/i))
  const valid = await ask(ValidateOtpDocument, { variables: { input: { challengeId, code } } })
  const { grant } = valid.data['validateOtp'] as unknown as { grant: string }
  const signedIn = await login({ identifier: { email }, grant })
  return (signedIn.data['login'] as unknown as { result: object | null }).result !== null
}

describe('a change that staff require', () => {
  test('is shown to the person until they have made it; nobody asks it of who may do more', async () => {
    const [ada, root, support] = [await someVerified(), await someAdmin(), await someWithRole('support')]
    const { tokens, userId } = await ada.signIn()
    const require = (id: string) =>
      ask(RequirePasswordChangeDocument, {
        ...{
          token: support.session.tokens.accessToken,
          variables: { userId: id, reason: 'seen on a screen' },
        },
      })
    const mustChange = async () => {
      const { data } = await ask('{ me { password { mustChange } } }', { token: tokens.accessToken })
      return (data['me'] as unknown as { password: { mustChange: boolean } }).password.mustChange
    }

    const required = await require(userId)
    const before = await mustChange()
    await change(tokens.accessToken, ada.password, `${ada.password} anew`)

    expect(required.data['requirePasswordChange']).toMatchObject({
      ...{ user: { id: userId, password: { mustChange: true } }, userErrors: [] },
    })
    expect([before, await mustChange()]).toEqual([true, false])
    expect((await require(root.session.userId)).codes).toEqual(['FORBIDDEN'])
  })
})
