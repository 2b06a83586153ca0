import { randomUUID } from 'node:crypto'
import { GenerateOtpDocument, RegisterDocument } from '../../sdk/__generated__/operations.js'
import { ask, someNetwork } from './seed/ask.js'
import { mailsTo, mailTo } from './seed/inbox.js'
import { someClient, somePerson, someRegistered } from './seed/people.js'

const withKey = (key: string) => ({ headers: { 'idempotency-key': key } })

/** A person's details, and registering them from one network under a key. */
function someRegistration() {
  const { email, password, ip } = somePerson()
  const register = (key: string, changes: object = {}) =>
    ask(RegisterDocument, { variables: { input: { email, password, ...changes } }, ip, ...withKey(key) })
  return { email, register }
}

describe('Idempotency-Key', () => {
  test('13.4: many registrations with one key are one, and its mail comes once', async () => {
    const { email, register } = someRegistration()
    const key = randomUUID()

    const answers = await Promise.all(Array.from({ length: 8 }, () => register(key)))
    await mailTo(email, /welcome/i)
    const again = await register(key)
    // The mail of somebody else, registered later, shows that the queue has been worked through.
    const later = await someRegistered()
    await mailTo(later.email, /welcome/i)

    for (const { data, codes } of answers) {
      if (codes.length > 0) expect(codes).toEqual(['CONFLICT'])
      else expect(data).toMatchObject({ register: { nextStep: 'VERIFY_EMAIL', userErrors: [] } })
    }
    expect(again.data).toMatchObject({ register: { nextStep: 'VERIFY_EMAIL', userErrors: [] } })
    expect(await mailsTo(email)).toHaveLength(1)
  })

  test('13.4: the same key with other input is a conflict, and registers nobody', async () => {
    const { register } = someRegistration()
    const key = randomUUID()
    await register(key)

    const { codes, errors } = await register(key, { email: somePerson().email })

    expect(codes).toEqual(['IDEMPOTENCY_CONFLICT'])
    expect(errors?.[0]?.message).toBe('This idempotency key was used for another request.')
  })

  test('a refused registration had no effect, so its key is free for what was put right', async () => {
    const { email, register } = someRegistration()
    const key = randomUUID()

    const refused = await register(key, { password: 'q7zkv1w' })
    const put = await register(key)

    expect(refused.data).toMatchObject({ register: { userErrors: [{ code: 'PASSWORD_TOO_SHORT' }] } })
    expect(put.data).toMatchObject({ register: { nextStep: 'VERIFY_EMAIL' } })
    await expect(mailTo(email, /welcome/i)).resolves.toBeDefined()
  })

  test('13.4: a code that is asked for twice with one key is one challenge and one mail', async () => {
    const { email } = await someRegistered()
    const input = { purpose: 'EMAIL_VERIFICATION', channel: 'EMAIL', identifier: { email } }
    const ip = someNetwork()
    const generate = () => ask(GenerateOtpDocument, { variables: { input }, ip, ...withKey('once') })

    const first = await generate()
    const second = await generate()
    const elsewhere = await ask(GenerateOtpDocument, { variables: { input }, ...withKey('once') })

    expect(first.data).toMatchObject({ generateOtp: { challengeId: expect.any(String), userErrors: [] } })
    expect(second.data).toEqual(first.data)
    // The key of another network is another key: this request is one of its own, and too soon.
    expect(elsewhere.data).toMatchObject({ generateOtp: { userErrors: [{ code: 'RATE_LIMITED' }] } })
  })

  test('the SDK sends one along, and a key that is too long is refused', async () => {
    const client = someClient()
    const { email, password } = somePerson()
    const register = (idempotencyKey: string) => client.register({ email, password }, { idempotencyKey })

    expect(await register('sign-up form')).toEqual(await register('sign-up form'))
    await expect(register('k'.repeat(129))).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'Idempotency-Key',
    })
  })
})
