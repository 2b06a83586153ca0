import chromium from '@sparticuz/chromium'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import { EXAMPLES, type Example } from '../../subgraphs/notifications/templates/examples.js'
import { LOCALES } from '../../subgraphs/notifications/templates/locales.js'
import { render } from '../../subgraphs/notifications/templates/render.js'
import { startMessages } from './start-messages.js'

const PHONE = 320
const DESKTOP = 1280

let browser: Browser
let messages: Awaited<ReturnType<typeof startMessages>>

beforeAll(async () => {
  messages = await startMessages({ port: 0, product: 'Usergraph' })
  browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await messages?.stop()
})

const openAt = (width: number, colorScheme: 'light' | 'dark' = 'dark') =>
  browser.newPage({ viewport: { width, height: 800 }, colorScheme })

/** Elements that reach beyond the page, or whose words reach beyond them. */
const overflowing = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect()
        const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
        return left < 0 || right > document.documentElement.clientWidth + 1 || isCut
      })
      .map((element) => `${element.tagName}: ${element.textContent?.slice(0, 60)}`),
  )

const everyExample = Object.entries(EXAMPLES).flatMap(([name, examples]) =>
  examples.map((example) => [name, example] as const),
)

async function overflowsOf(page: Page, change: (example: Example) => Example): Promise<string[]> {
  const found: string[] = []
  for (const locale of LOCALES) {
    for (const [name, example] of everyExample) {
      await page.setContent(render(name, { product: 'Usergraph', locale, ...change(example) }).html)
      found.push(...(await overflowing(page)).map((element) => `${locale} ${name}: ${element}`))
    }
  }
  return found
}

test.each([
  ['a telephone', PHONE],
  ['a desktop', DESKTOP],
])('every message in every language fits into %s', async (_, width) => {
  const page = await openAt(width)

  expect(await overflowsOf(page, (example) => example)).toEqual([])
})

test('9.3: a name, a device, an address and what a service says without an end fit too', async () => {
  const page = await openAt(PHONE)
  const endless = 'W'.repeat(400)
  const changed = (example: Example): Example => ({
    ...example,
    variables: {
      ...example.variables,
      ...{ name: endless, device: endless, title: endless, text: endless, label: endless },
      ...(example.secret === null ? {} : { verificationUrl: `https://id.example.org/${endless}` }),
    },
  })

  expect(await overflowsOf(page, changed)).toEqual([])
})

/** Words that are not told apart from what they stand on (WCAG 2.1, 1.4.3). */
const unreadable = (page: Page) =>
  page.evaluate(() => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const light = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = channels(colour)
        .map((channel) => channel / 255)
        .map((channel) => (channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const behind = (element: Element | null): string => {
      const colour = element ? getComputedStyle(element).backgroundColor : 'rgb(255, 255, 255)'
      return channels(colour)[3] === 0 ? behind(element?.parentElement ?? null) : colour
    }
    const contrast = (element: Element) => {
      const [low = 0, high = 0] = [getComputedStyle(element).color, behind(element)]
        .map(light)
        .sort((one, other) => one - other)
      return (high + 0.05) / (low + 0.05)
    }
    return (
      [...document.querySelectorAll('body *')]
        // What a list of mails shows of one is not seen in the mail itself.
        .filter((element) => getComputedStyle(element).display !== 'none')
        .filter((element) =>
          [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim()),
        )
        .filter((element) => contrast(element) < 4.5)
        .map((element) => `${element.className}: ${contrast(element)}`)
    )
  })

test.each(['light', 'dark'] as const)(
  'every word of every message can be read where the system is %s',
  async (scheme) => {
    const page = await openAt(DESKTOP, scheme)
    const found: string[] = []
    for (const [name, example] of everyExample) {
      await page.setContent(render(name, { product: 'Usergraph', locale: 'en', ...example }).html)
      found.push(...(await unreadable(page)).map((words) => `${name}: ${words}`))
    }

    expect(found).toEqual([])
  },
)

test('the page shows all of them, runs, and loads nothing from elsewhere', async () => {
  const page = await openAt(DESKTOP)
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== messages.url) complaints.push(`asked ${request.url()}`)
  })

  await page.goto(messages.url)
  await page.frameLocator('iframe[src="/welcome/ja/0"]').getByRole('heading').waitFor()

  expect(await page.locator('iframe').count()).toBe(everyExample.length * LOCALES.length)
  expect(complaints).toEqual([])
})

test.each(['/nothing', '/welcome', '/welcome/xx/0', '/welcome/de/9', '/constructor/de/0', '/welcome/de/-1'])(
  'there is nothing at %s',
  async (path) => {
    expect((await fetch(`${messages.url}${path}`)).status).toBe(404)
  },
)
