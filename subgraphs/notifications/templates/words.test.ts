import { IntlMessageFormat } from 'intl-messageformat'
import { mfaChanged } from '../../shared/contracts/otp.js'
import { passwordChanged } from '../../shared/contracts/passwords.js'
import { type MailName, TEMPLATES, type TextName } from './catalogue.js'
import { EXAMPLES } from './examples.js'
import { LOCALES, type Locale } from './locales.js'
import { render } from './render.js'
import { renderSms } from './render-sms.js'
import { LANGUAGES } from './words/languages.js'

const MAIL_NAMES = Object.keys(TEMPLATES) as MailName[] // the keys of a constant
const TEXT_NAMES = MAIL_NAMES.filter((name): name is TextName => TEMPLATES[name].text !== null)
const PRODUCT = 'Usergraph'

const everyMail = LOCALES.flatMap((locale) => MAIL_NAMES.map((name) => [locale, name] as const))
const everyText = LOCALES.flatMap((locale) => TEXT_NAMES.map((name) => [locale, name] as const))

type Node = ReturnType<IntlMessageFormat['getAst']>[number]

/** What words name between braces, at any depth, with what they choose between. */
function namesIn(words: string): string[] {
  const namesOf = (node: Node): string[] => {
    if (node.type === 0 || node.type === 7) return [] // letters, and the # of a plural
    if (!('options' in node)) return 'value' in node ? [node.value] : []
    const branches = Object.values(node.options).flatMap(({ value }) => value.flatMap(namesOf))
    // A language has the plurals it has; the words of a choice are ours.
    const choices =
      node.type === 5 ? Object.keys(node.options).map((option) => `${node.value}=${option}`) : []
    return [node.value, ...choices, ...branches]
  }
  const ast = new IntlMessageFormat(words, 'en', undefined, { ignoreTag: true }).getAst()
  return [...new Set(ast.flatMap(namesOf))].sort()
}

const fill = (locale: Locale, name: string, example: (typeof EXAMPLES)[MailName][number]) =>
  render(name, { product: PRODUCT, locale, ...example })

const textIn = (locale: Locale, name: TextName): string =>
  renderSms(name, { product: PRODUCT, locale, ...EXAMPLES[name][0] })

test.each(everyMail)('%s: %s is filled in whole, each way it is worded', (locale, name) => {
  for (const example of EXAMPLES[name]) {
    const { subject, text, html } = fill(locale, name, example)

    for (const part of [subject, text, html.replace(/<style[\s\S]*<\/style>/, '')]) {
      expect(part).not.toMatch(/[{}]|undefined|null|NaN|unknown/)
    }
    expect(html).toContain(`<html lang="${locale}" `)
    expect(text).toContain(PRODUCT)
  }
})

test.each(everyMail)('%s: %s names what the English one names', (locale, name) => {
  expect(namesIn(LANGUAGES[locale].mails[name].body)).toEqual(namesIn(LANGUAGES.en.mails[name].body))
})

test.each(everyMail)('11.5: %s: the subject of %s is fixed and short', (locale, name) => {
  const { subject } = LANGUAGES[locale].mails[name]

  expect(namesIn(subject)).toEqual([])
  expect(subject.length).toBeLessThanOrEqual(70)
})

test.each(everyMail)('%s: %s has the pieces of the English one', (locale, name) => {
  const shapeOf = (of: Locale) =>
    fill(of, name, EXAMPLES[name][0])
      .html.replace(/<title>.*<\/title>/, '')
      // Around the word E-Mail, which not every language has.
      .replaceAll('<span style="white-space:nowrap">', '')
      .match(/<[a-z]\w*(?: class="[^"]*")?/g)

  expect(shapeOf(locale)).toEqual(shapeOf('en'))
})

test('every change of factors, and every change of a password, has words of its own', () => {
  const changes = mfaChanged.payload.shape.change.options
  const ways = passwordChanged.payload.shape.how.options

  expect(namesIn(LANGUAGES.en.mails['mfa-changed'].body)).toEqual(
    expect.arrayContaining(changes.map((change) => `change=${change}`)),
  )
  // What `other` says is what a change says.
  expect(namesIn(LANGUAGES.en.mails['password-changed'].body)).toEqual(
    expect.arrayContaining(ways.map((how) => `how=${how === 'CHANGED' ? 'other' : how}`)),
  )
  expect(EXAMPLES['mfa-changed'].map(({ variables }) => variables['change'])).toEqual(changes)
  expect(EXAMPLES['password-changed'].map(({ variables }) => variables['how']).sort()).toEqual(
    ways.toSorted(),
  )
})

/** GSM 03.38 without its extension table. */
const GSM_7 = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/
const IN_GSM_7: readonly Locale[] = ['en', 'de', 'fr']

test.each(everyText.filter(([locale]) => IN_GSM_7.includes(locale)))(
  '%s: the text %s is of letters that every telephone knows, and one message but for its link',
  (locale, name) => {
    const text = textIn(locale, name)
    const withoutLink = text.replace(/https:\S+/, '')

    expect(text).toMatch(GSM_7)
    expect(withoutLink.length).toBeLessThanOrEqual(160)
  },
)

test.each(everyText.filter(([locale]) => !IN_GSM_7.includes(locale)))(
  '%s: the text %s is two messages at most, and a code one',
  (locale, name) => {
    const text = textIn(locale, name)
    const withoutLink = text.replace(/https:\S+/, '')

    if (name === 'otp') expect(GSM_7.test(text) ? 0 : text.length).toBeLessThanOrEqual(70)
    expect(withoutLink.length).toBeLessThanOrEqual(134)
  },
)

test.each(everyText)('%s: the text %s names what the English one names', (locale, name) => {
  expect(namesIn(LANGUAGES[locale].texts[name])).toEqual(namesIn(LANGUAGES.en.texts[name]))
})

test.each(everyText)('9.3: %s: the text %s holds nothing that a person chose', (locale, name) => {
  const { variables, secret } = EXAMPLES[name][0]
  const chosen = { name: 'Win at evil.example', device: 'evil.example' }

  expect(renderSms(name, { product: PRODUCT, locale, variables: { ...variables, ...chosen }, secret })).toBe(
    textIn(locale, name),
  )
})
