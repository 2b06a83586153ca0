import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import { ask, graphUrl } from './seed/ask.js'
import { mailTo } from './seed/inbox.js'
import { someWithRole } from './seed/operators.js'
import { login, somePerson, someRegistered, someVerified } from './seed/people.js'

let browser: Browser

beforeAll(async () => {
  browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args })
}, 60_000)

afterAll(() => browser?.close())

/** A page that fails the test for whatever the browser complains of, such as a breach of the page's own policy. */
async function openPage(): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== graphUrl() && !['data:', 'blob:'].includes(protocol)) complaints.push(`asked ${origin}`)
  })
  return { page, complaints }
}

const linkIn = (text: string): string => /http\S+#token=\S+/.exec(text)?.[0] ?? ''

describe('pages in a real browser', () => {
  test('10.2, 10.4: the mailed link opens a page that verifies on one press and hides its token', async () => {
    const person = await someRegistered()
    const link = linkIn((await mailTo(person.email, /welcome/i)).text)
    const { page, complaints } = await openPage()

    await page.goto(link)
    const address = page.url()
    await page.getByRole('button', { name: 'Verify my address' }).click()
    await page.getByText('Your address is verified').waitFor()
    const signedIn = await login({ identifier: { email: person.email }, password: person.password })

    expect(address).toBe(`${graphUrl()}/account/verify`)
    expect(complaints).toEqual([])
    expect(signedIn.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })

  test('a link that was used, and one that is broken, say so in words', async () => {
    const person = await someRegistered()
    const link = linkIn((await mailTo(person.email, /welcome/i)).text)
    const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token')
    await ask('mutation($token: String!) { verifyEmail(input: { token: $token }) { userErrors { code } } }', {
      variables: { token },
    })
    const { page, complaints } = await openPage()

    await page.goto(link)
    await page.getByRole('button').click()
    await page.getByText('This link was used before').waitFor()
    await page.goto('about:blank')
    await page.goto(`${graphUrl()}/account/verify`)
    await page.getByText('This link is not complete').waitFor()

    expect(complaints).toEqual([])
  })

  test('9.4, 10.2: the links of an address change confirm it and undo it on one press each', async () => {
    const person = await someVerified()
    const { tokens } = await person.signIn()
    const { email: newEmail } = somePerson()
    await ask(
      'mutation($email: EmailAddress!) { requestEmailChange(input: { newEmail: $email }) { change { id } } }',
      {
        ...{ token: tokens.accessToken, variables: { email: newEmail } },
      },
    )
    const { page, complaints } = await openPage()

    await page.goto(linkIn((await mailTo(newEmail, /confirm your new email/i)).text))
    const confirmAddress = page.url()
    await page.getByRole('button', { name: 'Confirm my new address' }).click()
    await page.getByText('This is the email address of your account now').waitFor()
    await page.goto(linkIn((await mailTo(person.email, /email address was changed/i)).text))
    const undoAddress = page.url()
    await page.getByRole('button', { name: 'Undo the change' }).click()
    await page.getByText('Your previous address or number is restored').waitFor()
    const signedIn = await login(
      { identifier: { email: person.email }, password: person.password },
      person.ip,
    )

    expect([confirmAddress, undoAddress]).toEqual([
      `${graphUrl()}/account/confirm`,
      `${graphUrl()}/account/undo`,
    ])
    expect(complaints).toEqual([])
    expect(signedIn.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })

  test('10.2, 10.5: the link of a reset opens a page that asks for a password, says what is wrong with it, and sets it', async () => {
    const ada = await someVerified()
    const password = `${ada.password} anew`
    await ask(
      'mutation($email: EmailAddress!) { forgotPassword(input: { identifier: { email: $email } }) { accepted } }',
      { variables: { email: ada.email } },
    )
    const { page, complaints } = await openPage()

    await page.goto(linkIn((await mailTo(ada.email, /reset your password/i)).text))
    const address = page.url()
    const field = page.getByLabel('New password')
    await field.fill(ada.password)
    await page.getByRole('button', { name: 'Set the new password' }).click()
    await page.getByText('You had this password before').waitFor()
    await field.fill(password)
    await field.press('Enter')
    await page.getByText('Your new password is set').waitFor()
    const signedIn = await login({ identifier: { email: ada.email }, password }, ada.ip)

    expect(address).toBe(`${graphUrl()}/account/reset`)
    expect(await field.getAttribute('autocomplete')).toBe('new-password')
    expect(await field.isVisible()).toBe(false)
    expect(complaints).toEqual([])
    expect(signedIn.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })

  test('10.2, 10.5: an invitation opens a page that asks for a password, says what is wrong with it, and hands the account over', async () => {
    const [support, bob] = [await someWithRole('support'), somePerson()]
    await ask('mutation($email: EmailAddress!) { createUser(input: { email: $email }) { user { id } } }', {
      ...{ token: support.session.tokens.accessToken, variables: { email: bob.email } },
    })
    const { page, complaints } = await openPage()

    await page.goto(linkIn((await mailTo(bob.email, /you are invited/i)).text))
    const address = page.url()
    const field = page.getByLabel('Password')
    await field.fill('password123')
    await page.getByRole('button', { name: 'Take over my account' }).click()
    await page.getByText('Take another one').waitFor()
    await field.fill(bob.password)
    await field.press('Enter')
    await page.getByText('The account is yours').waitFor()
    const signedIn = await login({ identifier: { email: bob.email }, password: bob.password }, bob.ip)

    expect(address).toBe(`${graphUrl()}/account/invite`)
    expect(await field.getAttribute('autocomplete')).toBe('new-password')
    expect(await field.isVisible()).toBe(false)
    expect(complaints).toEqual([])
    expect(signedIn.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })

  test('11.2: the link at the foot of a mail opens a page that unsubscribes on one press', async () => {
    const ada = await someVerified()
    await ada.signIn()
    const { page, complaints } = await openPage()

    await page.goto(linkIn((await mailTo(ada.email, /new sign-in/i)).text))
    const address = page.url()
    await page.getByRole('button', { name: 'Unsubscribe' }).click()
    await page.getByText('You get no more messages of this kind').waitFor()
    await mailTo(ada.email, /alerts are off/i)

    expect(address).toBe(`${graphUrl()}/account/unsubscribe`)
    expect(complaints).toEqual([])
  })

  test('2.5: the explorer comes from our own host, loads nothing from elsewhere, and runs an operation', async () => {
    const { page, complaints } = await openPage()

    await page.goto(`${graphUrl()}/graphql`)
    await page.getByRole('button', { name: 'Execute query' }).click()
    await page.getByText('VERIFY_EMAIL').waitFor()

    expect(complaints).toEqual([])
  })
})
