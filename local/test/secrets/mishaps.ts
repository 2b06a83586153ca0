import { randomBytes } from 'node:crypto'
import { ask, graphUrl } from '../../../router/test/seed/ask.js'
import { login, register, someNumber, somePerson, someVerified } from '../../../router/test/seed/people.js'
import * as sdk from '../../../sdk/__generated__/operations.js'
import { act, granted, nextPassword, refused } from './steps.js'
import { DEFERRED, REFUSED } from './talkative-providers.js'

/** What a provider says when it refuses a message repeats the message. */
export async function meetProvidersThatFail(failures: () => number): Promise<void> {
  const before = failures()
  for (const start of [REFUSED.mail, DEFERRED.mail]) {
    const { email, password } = somePerson()
    granted(await register({ email: `${start}${email}`, password }))
  }
  for (const start of [REFUSED.number, DEFERRED.number]) {
    const phoneNumber = `${start}${someNumber().slice(-6)}`
    granted(await register({ phoneNumber, password: nextPassword() }))
  }
  const deadline = Date.now() + 15_000
  while (failures() < before + 4) {
    if (Date.now() > deadline) throw new Error('the providers were not asked')
    await new Promise((later) => setTimeout(later, 50))
  }
}

/** Secrets where they do not belong, and where something cannot cope with them. */
export async function writeNonsense(remember: (kind: string, text: string) => void): Promise<void> {
  const misplaced = (where: string) => {
    const text = `misplaced-${randomBytes(9).toString('hex')}`
    remember(where, text)
    return text
  }
  const { email, ip } = await someVerified()
  const inline = (password: string) =>
    `mutation { login(input: { identifier: { email: "${email}" }, password: "${password}" }) { userErrors { code } } }`
  refused(await ask(inline(misplaced('password in the document')), { ip }))
  refused(await ask(inline(`${misplaced('password in a broken document')}"`)))
  refused(await ask(inline(misplaced('password under a name that is none')).replace('password:', 'pasword:')))
  refused(await login({ identifier: { email: misplaced('password as an address') }, password: 'x' }))
  refused(await login({ identifier: { email }, password: [misplaced('password in a list')] }))
  refused(
    await login({
      identifier: { email },
      password: 'p',
      passcode: misplaced('password that nobody asked for'),
    }),
  )
  refused(
    await login({
      identifier: { email },
      password: misplaced('password that is too long').padEnd(2000, 'x'),
    }),
  )
  refused(await act(sdk.VerifyEmailDocument, { token: misplaced('token that is none') }))
  // PostgreSQL knows no text with this character.
  const broken = `\u0000${misplaced('text that no column takes')}`
  refused(await login({ identifier: { email }, password: broken, deviceToken: broken }))
  refused(await login({ identifier: { username: broken }, password: broken }))
  for (const document of [sdk.VerifyEmailDocument, sdk.RevertContactChangeDocument]) {
    refused(await act(document, { token: broken }))
  }
  refused(await act(sdk.ResetPasswordDocument, { token: broken, newPassword: broken }))
  refused(await act(sdk.RefreshTokenDocument, { refreshToken: broken }))
  refused(await act(sdk.ValidateOtpDocument, { challengeId: broken, code: broken }))
  refused(await act(sdk.CompleteLoginDocument, { loginTicket: broken, method: 'TOTP', code: broken }))
  refused(await act(sdk.IssueClientTokenDocument, { clientId: broken, clientSecret: broken }))

  const headers = (value: string) => ({ 'content-type': 'application/json', ...{ authorization: value } })
  const url = graphUrl()
  for (const scheme of ['Bearer', 'Basic', '']) {
    const value = `${scheme} ${misplaced('authorization')}`.trim()
    await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: headers(value),
      body: '{"query":"{ me { id } }"}',
    })
  }
  await fetch(`${url}/graphql?query={me{id}}&token=${misplaced('query of the graph')}`)
  await fetch(`${url}/account/verify?token=${misplaced('query of a page')}`)
  await fetch(`${url}/${misplaced('path that is none')}`)
  await fetch(`${url}/graphql`, {
    headers: { cookie: `usergraph-refresh=${misplaced('cookie of a stranger')}` },
  })
}
