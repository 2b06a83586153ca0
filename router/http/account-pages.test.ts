import { readdirSync, readFileSync } from 'node:fs'
import chromium from '@sparticuz/chromium'
import { type FastifyInstance, fastify } from 'fastify'
import { type Browser, chromium as playwright } from 'playwright-core'
import { addAccountPages } from './account-pages.js'

const FOLDER = 'router/http/pages'
const PAGES = ['verify', 'confirm', 'undo', 'invite', 'reset', 'unsubscribe']
const LANGUAGES = ['de', 'es', 'fr', 'ja', 'pt']

const files = readdirSync(FOLDER).filter((file) => /\.(html|js)$/.test(file))

/** Everything in English that a page has to say. */
function sentencesOf(file: string): string[] {
  const text = readFileSync(`${FOLDER}/${file}`, 'utf8')
  const pattern = file.endsWith('.html')
    ? /<(?:title|h1|label|button|p id="message")[^>]*>([^<]+)</g
    : /'([A-Z][^']* [^']*)'/g
  return [...text.matchAll(pattern)].map(([, sentence = '']) => sentence.replace(/\s+/g, ' ').trim())
}

const sentences = new Set(files.flatMap(sentencesOf))

test.each(LANGUAGES)('everything that the pages say is said in %s, and nothing more', async (language) => {
  const { WORDS } = (await import(`./pages/words/${language}.js`)) as { WORDS: Record<string, string> }

  expect(sentences.size).toBeGreaterThan(50)
  expect(new Set(Object.keys(WORDS))).toEqual(sentences)
  expect(Object.values(WORDS).every((words) => words.trim() !== '')).toBe(true)
})

describe('in a real browser', () => {
  let server: FastifyInstance
  let browser: Browser
  let base: string

  beforeAll(async () => {
    server = fastify()
    await addAccountPages(server)
    base = await server.listen({ port: 0, host: '127.0.0.1' })
    browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: chromium.args,
    })
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  async function openAs(locale: string) {
    const page = await browser.newPage({ locale, viewport: { width: 320, height: 800 }, colorScheme: 'dark' })
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    return { page, complaints }
  }

  test.each(['en', ...LANGUAGES])(
    '10.4: in %s each page fits into a telephone and keeps to its own policy',
    async (locale) => {
      const { page, complaints } = await openAs(locale)
      const wide: string[] = []
      for (const name of PAGES) {
        await page.goto(`${base}/account/${name}#token=abc`)
        await page.locator(`html[lang="${locale}"]`).waitFor()
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        if (width > 320) wide.push(name)
      }

      expect(wide).toEqual([])
      expect(complaints).toEqual([])
    },
  )

  test.each([
    ['de-AT', 'de', 'Adresse bestätigen', 'Dieser Link ist unvollständig.'],
    ['ja-JP', 'ja', 'メールアドレスの確認', 'リンクが不完全です。'],
    ['nl-NL', 'en', 'Verify your address', 'This link is not complete.'],
  ])('a reader of %s is spoken to in %s', async (locale, language, title, incomplete) => {
    const { page } = await openAs(locale)

    await page.goto(`${base}/account/verify`)
    await page.getByText(incomplete).waitFor()

    expect(await page.title()).toBe(title)
    expect(await page.getByRole('heading').textContent()).toBe(title)
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
  })

  test.each(['reset', 'invite'])(
    '10.4: %s keeps token and password out of the address while its words are on their way, and does not wait for ever',
    async (name) => {
      const openSlowly = async (hash: string) => {
        const { page } = await openAs('de')
        await page.route('**/account/words/*', () => {}) // never answered
        await page.goto(`${base}/account/${name}${hash}`)
        return page
      }
      const page = await openSlowly('#token=abc')
      await page.waitForURL((url) => url.hash === '')

      await page.locator('#password').fill('correct horse battery')
      const submitted = page.waitForRequest((request) => request.isNavigationRequest())
      await page.locator('form').evaluate((form: HTMLFormElement) => form.submit())

      expect((await submitted).url()).toBe(`${base}/account/${name}`)
      expect((await submitted).postData() ?? '').not.toContain('correct')
      await (await openSlowly('')).getByText('This link is not complete.').waitFor()
    },
  )
})
