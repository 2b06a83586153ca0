import { randomUUID } from 'node:crypto'
import {
  ConfirmEmailChangeDocument,
  ConfirmPhoneChangeDocument,
  GenerateOtpDocument,
  RequestEmailChangeDocument,
  RequestPhoneChangeDocument,
  RevertContactChangeDocument,
  ValidateOtpDocument,
} from '../../sdk/__generated__/operations.js'
import { ask } from './seed/ask.js'
import { codeIn, type Mail, mailTo, textsTo, textTo, tokenIn } from './seed/inbox.js'
import { login, someClient, someNumber, somePerson, someRegistered, someVerified } from './seed/people.js'
import { REVOCATION_MS, untilRefused } from './seed/revocation.js'

const ME = '{ me { email phoneNumber phoneNumberVerified pendingContactChanges { kind newValueMasked } } }'

type Requested = { change: { id: string } | null; challengeId: string; userErrors: object[] }

const request = async (token: string, newPhoneNumber: string, headers: Record<string, string> = {}) => {
  const { data } = await ask(RequestPhoneChangeDocument, {
    ...{ token, variables: { input: { newPhoneNumber } }, headers },
  })
  return data['requestPhoneChange'] as unknown as Requested
}

async function grantFor(challengeId: string, mail: Mail): Promise<string> {
  const input = { challengeId, code: codeIn(mail) }
  const { data } = await ask(ValidateOtpDocument, { variables: { input } })
  return (data['validateOtp'] as unknown as { grant: string }).grant
}

const confirm = (token: string, input: object) =>
  ask(ConfirmPhoneChangeDocument, { token, variables: { input } })
const revert = (token: string) => ask(RevertContactChangeDocument, { variables: { input: { token } } })

/** Somebody who is signed in and has asked for a number. */
async function someAsking() {
  const ada = await someVerified()
  const { tokens } = await ada.signIn()
  const number = someNumber()
  const requested = await request(tokens.accessToken, number)
  return { ada, token: tokens.accessToken, number, requested }
}

/** Somebody whose number is proved. */
async function someChanged() {
  const person = await someAsking()
  const { change, challengeId } = person.requested
  const grant = await grantFor(challengeId, await textTo(person.number))
  const confirmed = await confirm(person.token, { changeId: change?.id, grant })
  return { ...person, grant, confirmed }
}

/** A mail of somebody else's, asked for later, shows that the queue has been worked through. */
async function allIsSent() {
  const later = await someRegistered()
  await mailTo(later.email, /welcome/i)
}

describe('changing a telephone number', () => {
  test('9.4: nothing is in force until the code is handed in; then the address is told, and the number signs in', async () => {
    const { ada, token, number, requested } = await someAsking()
    const before = await ask(ME, { token })

    const grant = await grantFor(requested.challengeId, await textTo(number))
    const confirmed = await confirm(token, { changeId: requested.change?.id, grant })
    const after = await ask(ME, { token })
    const byNumber = await login({ identifier: { phoneNumber: number }, password: ada.password }, ada.ip)

    expect(requested).toMatchObject({
      ...{ change: { kind: 'PHONE', revertUntil: null }, userErrors: [], resendAfter: 60 },
      challengeId: expect.stringMatching(/^chl_/),
    })
    expect(before.data).toMatchObject({
      me: {
        ...{ phoneNumber: null, phoneNumberVerified: false },
        pendingContactChanges: [{ kind: 'PHONE', newValueMasked: `+•••${number.slice(-2)}` }],
      },
    })
    expect(confirmed.data).toMatchObject({
      confirmPhoneChange: {
        ...{ user: { phoneNumberVerified: true }, userErrors: [] },
        change: { revertUntil: expect.any(String) },
      },
    })
    expect(after.data).toMatchObject({
      me: { email: ada.email, phoneNumber: number, phoneNumberVerified: true, pendingContactChanges: [] },
    })
    expect(byNumber.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
    await expect(mailTo(ada.email, /your telephone number was changed/i)).resolves.toBeDefined()
  })

  test('9.4, 4.5: the old number gets the link that puts it back and ends every session within 5 seconds', async () => {
    const { ada, token, number: old } = await someChanged()
    await mailTo(ada.email, /telephone number was changed/i)
    const number = someNumber()
    const { change, challengeId } = await request(token, number)
    await confirm(token, { changeId: change?.id, grant: await grantFor(challengeId, await textTo(number)) })
    const told = await textTo(old, 2)

    const undone = await revert(tokenIn(told))
    const refusedAfter = await untilRefused(token)
    const again = await revert(tokenIn(await mailTo(ada.email, /telephone number was changed/i, 2)))
    const byOld = await login({ identifier: { phoneNumber: old }, password: ada.password }, ada.ip)
    const byNew = await login({ identifier: { phoneNumber: number }, password: ada.password }, ada.ip)

    expect(told.text).toMatch(/another phone number now/)
    expect(undone.data).toMatchObject({ revertContactChange: { userErrors: [] } })
    expect(refusedAfter).toBeLessThan(REVOCATION_MS)
    expect(again.data).toMatchObject({ revertContactChange: { userErrors: [{ code: 'ALREADY_USED' }] } })
    expect(byOld.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
    expect(byNew.data).toMatchObject({ login: { userErrors: [{ code: 'INVALID_CREDENTIALS' }] } })
  })

  test('9.4: a grant is good for its change alone, and once', async () => {
    const [{ token, grant, requested, confirmed }, other] = [await someChanged(), await someAsking()]

    const elsewhere = await confirm(token, { changeId: other.requested.change?.id, grant })
    const again = await confirm(token, { changeId: requested.change?.id, grant })

    expect(confirmed.data).toMatchObject({ confirmPhoneChange: { userErrors: [] } })
    expect(elsewhere.data).toMatchObject({
      confirmPhoneChange: { user: null, userErrors: [{ code: 'EXPIRED', field: ['grant'] }] },
    })
    expect(again.data).toMatchObject({
      confirmPhoneChange: { user: null, userErrors: [{ code: 'ALREADY_USED', field: ['grant'] }] },
    })
  })

  test('1.3: a number is confirmed by who asked for it, signed in, and by nobody else', async () => {
    const [ada, bob] = [await someAsking(), await someAsking()]
    const changeId = ada.requested.change?.id
    const grant = await grantFor(ada.requested.challengeId, await textTo(ada.number))

    const byNobody = await ask(ConfirmPhoneChangeDocument, { variables: { input: { changeId, grant } } })
    const byBob = await confirm(bob.token, { changeId, grant })
    const byAda = await confirm(ada.token, { changeId, grant })

    expect(byNobody.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(byBob.data).toMatchObject({
      confirmPhoneChange: { user: null, userErrors: [{ code: 'EXPIRED', field: ['grant'] }] },
    })
    expect(byAda.data).toMatchObject({ confirmPhoneChange: { userErrors: [] } })
  })

  test('1.3: nobody has a code sent for a change that is not theirs', async () => {
    const [{ requested }, bob] = [await someAsking(), await (await someVerified()).signIn()]
    const input = { purpose: 'PROFILE_CHANGE', channel: 'SMS', contactChangeId: requested.change?.id }

    const byBob = await ask(GenerateOtpDocument, { token: bob.tokens.accessToken, variables: { input } })
    const byNobody = await ask(GenerateOtpDocument, { variables: { input } })

    for (const { data } of [byBob, byNobody]) {
      expect(data).toMatchObject({
        generateOtp: { userErrors: [{ code: 'NOT_FOUND', field: ['contactChangeId'] }] },
      })
    }
  })

  test('13.4: the same request with one key is one change and one text', async () => {
    const { tokens } = await (await someVerified()).signIn()
    const number = someNumber()
    const key = { 'idempotency-key': randomUUID() }

    const first = await request(tokens.accessToken, number, key)
    const second = await request(tokens.accessToken, number, key)

    expect(second).toEqual(first)
    await textTo(number)
    await allIsSent()
    expect(await textsTo(number)).toHaveLength(1)
  })

  test('8.8: what may not be texted is told at its field', async () => {
    const { tokens } = await (await someVerified()).signIn()

    for (const number of ['nonsense', '+493012345678', '+881612345678']) {
      expect(await request(tokens.accessToken, number)).toMatchObject({
        ...{ change: null, challengeId: null },
        userErrors: [{ code: 'INVALID_PHONE', field: ['newPhoneNumber'] }],
      })
    }
  })

  test('an e-mail change is confirmed by a mailed code as well as by its link', async () => {
    const { tokens } = await (await someVerified()).signIn()
    const { email: newEmail } = somePerson()
    const token = tokens.accessToken
    const asked = await ask(RequestEmailChangeDocument, { token, variables: { input: { newEmail } } })
    const { change } = asked.data['requestEmailChange'] as unknown as { change: { id: string } }
    const input = { purpose: 'PROFILE_CHANGE', channel: 'EMAIL', contactChangeId: change.id }
    const sent = await ask(GenerateOtpDocument, { token, variables: { input } })
    const { challengeId } = sent.data['generateOtp'] as unknown as { challengeId: string }

    const grant = await grantFor(challengeId, await mailTo(newEmail, /one-time code/i))
    const confirmed = await ask(ConfirmEmailChangeDocument, {
      variables: { input: { changeId: change.id, grant } },
    })

    expect(confirmed.data).toMatchObject({
      confirmEmailChange: { user: { emailVerified: true }, userErrors: [] },
    })
    expect((await ask(ME, { token })).data).toMatchObject({ me: { email: newEmail } })
  })

  test('the SDK does all of it', async () => {
    const ada = await someVerified()
    const [client, newPhoneNumber] = [someClient(ada.ip), someNumber()]
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })

    const { change, challengeId } = await client.requestPhoneChange({ newPhoneNumber })
    const grant = await grantFor(challengeId ?? '', await textTo(newPhoneNumber))
    const confirmed = await client.confirmPhoneChange({ changeId: change?.id ?? '', grant })

    expect(confirmed).toMatchObject({ user: { phoneNumberVerified: true }, userErrors: [] })
  })
})
