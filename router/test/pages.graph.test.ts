import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import { ask, graphUrl } from './seed/ask.js'
import { mailTo } from './seed/inbox.js'
import { login, someRegistered } from './seed/people.js'

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

  test('2.5: the explorer comes from our own host, loads nothing from elsewhere, and runs an operation', async () => {
    const { page, complaints } = await openPage()

    await page.goto(`${graphUrl()}/graphql`)
    await page.getByRole('button', { name: 'Execute query' }).click()
    await page.getByText('VERIFY_EMAIL').waitFor()

    expect(complaints).toEqual([])
  })
})
