import { decodeJwt } from 'jose'
import { ask } from './seed/ask.js'
import { mailTo, tokenIn } from './seed/inbox.js'
import { login, register, somePerson, someVerified, verify } from './seed/people.js'

// Registered by deploy/config/apps.example.json.
const SHOP = 'https://shop.acme.test'
const KIOSK = 'https://kiosk.acme.test'
const PAGE = `${SHOP}/verify`

async function signInFrom(origin: string, tokenDelivery: 'COOKIE' | 'BODY') {
  const { email, password, ip } = await someVerified()
  const answer = await login({ identifier: { email }, password, tokenDelivery }, ip, { origin })
  const { result, userErrors } = answer.data['login'] as unknown as {
    result: { tokens: { accessToken: string; refreshToken: string | null } } | null
    userErrors: { code: string; field: string[] }[]
  }
  return { headers: answer.headers, tokens: result?.tokens, userErrors }
}

describe('registered apps', () => {
  test('2.2, 5.1: each sends requests from its origin, and gets its refresh token as it is registered for', async () => {
    const shop = await signInFrom(SHOP, 'COOKIE')
    const kiosk = await signInFrom(KIOSK, 'BODY')

    expect(shop.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(shop.tokens?.refreshToken).toBeNull()
    expect(shop.headers.get('set-cookie')).toMatch(/usergraph-refresh=ugr_.*HttpOnly/)
    expect(kiosk.tokens?.refreshToken).toMatch(/^ugr_/)
    expect(kiosk.headers.get('set-cookie')).toBeNull()
    expect([shop, kiosk].map(({ tokens }) => decodeJwt(tokens?.accessToken ?? '')['client_id'])).toEqual([
      'shop',
      'kiosk',
    ])
  })

  test('5.1: neither gets it in the other way', async () => {
    for (const { tokens, userErrors } of [
      await signInFrom(SHOP, 'BODY'),
      await signInFrom(KIOSK, 'COOKIE'),
    ]) {
      expect(tokens).toBeUndefined()
      expect(userErrors).toMatchObject([{ code: 'INVALID', field: ['tokenDelivery'] }])
    }
  })

  test('10.1: the link of a registration leads to a page of the app, and works', async () => {
    const { email, password } = somePerson()
    await register({ email, password, verificationUrl: PAGE })
    const mail = await mailTo(email, /welcome/i)

    expect(mail.text).toContain(`${PAGE}#token=`)
    expect((await verify(tokenIn(mail))).data['verifyEmail']).toMatchObject({ userErrors: [] })
    const { data } = await ask(
      'mutation($input: RegisterInput!) { register(input: $input) { userErrors { code field } } }',
      { variables: { input: { email, password, verificationUrl: `${SHOP}/elsewhere` } } },
    )
    expect(data['register']).toMatchObject({ userErrors: [{ code: 'INVALID', field: ['verificationUrl'] }] })
  })
})
