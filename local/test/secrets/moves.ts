import { ask } from '../../../router/test/seed/ask.js'
import { mailTo, textTo, tokenIn } from '../../../router/test/seed/inbox.js'
import { someAdmin } from '../../../router/test/seed/operators.js'
import { register, someNumber, somePerson, someVerified } from '../../../router/test/seed/people.js'
import * as sdk from '../../../sdk/__generated__/operations.js'
import { act, CODE, granted, grantFor, nextPassword, refused, withKey } from './steps.js'

export async function moveHouse(): Promise<void> {
  const ada = await someVerified()
  const { accessToken: token } = (await ada.signIn()).tokens
  const move = async (newEmail: string) =>
    granted(await act(sdk.RequestEmailChangeDocument, { newEmail }, token, withKey())).change.id
  const [first, second] = [somePerson().email, somePerson().email]

  const changeId = await move(first)
  await mailTo(first, /confirm your new email/i)
  const byCode = { purpose: 'PROFILE_CHANGE', channel: 'EMAIL', contactChangeId: changeId }
  const asked = granted(await act(sdk.GenerateOtpDocument, byCode, token))
  const grant = await grantFor(asked, mailTo(first, CODE))
  granted(await act(sdk.ConfirmEmailChangeDocument, { changeId, grant }, token))
  const undo = tokenIn(await mailTo(ada.email, /your email address was changed/i))
  await move(second)
  const link = tokenIn(await mailTo(second, /confirm your new email/i))
  granted(await act(sdk.ConfirmEmailChangeDocument, { token: link }))
  await mailTo(first, /your email address was changed/i)
  granted(await act(sdk.RevertContactChangeDocument, { token: undo }))
}

export async function useATelephone(): Promise<void> {
  const [{ password, ip }, phoneNumber] = [somePerson(), someNumber()]
  const registered = granted(await register({ phoneNumber, password }, ip))
  granted(await act(sdk.VerifyPhoneDocument, { grant: await grantFor(registered, textTo(phoneNumber)) }))

  const { accessToken: token } = (await (await someVerified()).signIn()).tokens
  const newPhoneNumber = someNumber()
  const asked = granted(await act(sdk.RequestPhoneChangeDocument, { newPhoneNumber }, token))
  const proof = { changeId: asked.change.id, grant: await grantFor(asked, textTo(newPhoneNumber)) }
  granted(await act(sdk.ConfirmPhoneChangeDocument, proof, token))
}

export async function inviteAndRunMachines(): Promise<void> {
  const { accessToken: token } = (await someAdmin()).session.tokens
  const bob = somePerson()
  granted(await act(sdk.CreateUserDocument, { email: bob.email }, token))
  const invitationToken = tokenIn(await mailTo(bob.email, /you are invited/i))
  granted(await register({ invitationToken, password: bob.password }))
  const phoneNumber = someNumber()
  granted(await act(sdk.CreateUserDocument, { phoneNumber }, token))
  granted(await register({ invitationToken: tokenIn(await textTo(phoneNumber)), password: nextPassword() }))

  const made = granted(
    await act(sdk.CreateApiClientDocument, { name: 'Mailer', scopes: ['users:read'] }, token),
  )
  const clientId = made.client.id
  granted(await act(sdk.IssueClientTokenDocument, { clientId, clientSecret: made['clientSecret'] }))
  const rotated = granted(
    await ask(sdk.RotateApiClientSecretDocument, { token, variables: { id: clientId } }),
  )
  refused(await act(sdk.IssueClientTokenDocument, { clientId, clientSecret: made['clientSecret'] }))
  granted(await act(sdk.IssueClientTokenDocument, { clientId, clientSecret: rotated['clientSecret'] }))
}
