import type { OperatorTemplate } from '../domain/template-ports.js'
import { checkWords } from './check-words.js'
import { LOCALES } from './locales.js'
import { OUR_NAMES, ourTemplate } from './our-template.js'

const OWN: OperatorTemplate = {
  ...{ name: 'order-shipped', locale: 'en', channel: 'EMAIL', subject: 'Your order is on its way' },
  body: '# Order {order}\n\n{count, plural, one {One parcel} other {# parcels}} for {name}.\n\n[Track it]({track})',
}
const OWN_TEXT: OperatorTemplate = {
  ...{
    name: 'order-shipped-sms',
    locale: 'de-AT',
    channel: 'SMS',
    subject: null,
    body: '{product}: {order}',
  },
}
const RESET: OperatorTemplate = {
  ...{ name: 'password-reset', locale: 'en', channel: 'EMAIL', subject: 'A new password' },
  body: '# Hello {name}\n\nYou asked {product} for it.\n\n[Choose one]({link})',
}
const CODE: OperatorTemplate = { ...RESET, name: 'otp', subject: 'Code', body: '# Code\n\n= {code}' }
const CODE_TEXT: OperatorTemplate = {
  ...{ name: 'otp-sms', locale: 'en', channel: 'SMS', subject: null, body: '{code} ({product})' },
}

function problemsOf(template: OperatorTemplate): string[] {
  const checked = checkWords(template)
  if (checked.kind === 'fit') return []
  return checked.problems.map(({ code, field = [] }) => [code, ...field].join(' '))
}

test.each([OWN, OWN_TEXT, RESET, CODE, CODE_TEXT])('takes what can be sent: $name', (template) => {
  expect(problemsOf(template)).toEqual([])
})

test('knows what a service has to fill its own with, and as what', () => {
  const checked = checkWords(OWN)

  expect(checked.kind === 'fit' && checked.words.places).toEqual({
    count: { type: 'NUMBER', longest: 1000 },
    order: { type: 'TEXT', longest: 1000 },
    track: { type: 'LINK', longest: 2000 },
  })
})

test.each(OUR_NAMES)('what we say ourselves could be kept in every language: %s', (name) => {
  for (const locale of LOCALES) {
    const ours = ourTemplate(name)
    const words = ours?.wordsIn(locale)
    const template = { name, locale, channel: ours?.channel ?? 'EMAIL', body: '', ...words }

    expect(problemsOf({ ...template, subject: words?.subject ?? null })).toEqual([])
  }
})

const inBody = (body: string) => ({ ...OWN, body: `# Heading\n\n${body}` })

test.each<[OperatorTemplate, string[]]>([
  [{ ...OWN, name: 'Order' }, ['INVALID name']],
  [{ ...OWN, name: '__proto__' }, ['INVALID name']],
  [{ ...OWN, name: 'x'.repeat(65) }, ['INVALID name']],
  [{ ...OWN, name: 'password-reset-sms', channel: 'SMS', subject: null }, ['INVALID name']],
  [{ ...OWN, locale: 'nl' }, ['INVALID locale']],
  [{ ...OWN, locale: 'de-x-private' }, ['INVALID locale']],
  [{ ...CODE, channel: 'SMS', subject: null }, ['INVALID channel']],
  [{ ...OWN, subject: null }, ['REQUIRED subject']],
  [{ ...OWN, subject: 'Order {order}' }, ['INVALID subject']],
  [{ ...OWN, subject: 'Order\r\nBcc: a@evil.example' }, ['INVALID subject']],
  [{ ...OWN, subject: '\u202Egnihsihp' }, ['INVALID subject']],
  [{ ...OWN, subject: 'x'.repeat(101) }, ['TOO_LONG subject']],
  [{ ...OWN_TEXT, subject: 'x' }, ['INVALID subject']],
  [{ ...OWN, body: `# x\n\n${'x'.repeat(10_000)}` }, ['TOO_LONG body']],
  [{ ...OWN_TEXT, body: 'x'.repeat(500) }, ['TOO_LONG body']],
  [{ ...OWN_TEXT, body: '\u6587'.repeat(250) }, ['TOO_LONG body']],
  [{ ...OWN, body: 'No heading' }, ['INVALID body']],
  [inBody('{order}'.repeat(51)), ['TOO_LONG body']],
  [inBody(`{n, plural, other {${'#'.repeat(50)}}}`), ['TOO_LONG body']],
  [inBody('x\n\n'.repeat(1500)), ['TOO_LONG body']],
  [inBody('{order'), ['INVALID body']],
  [inBody('{order, select, a {b}}'), ['INVALID body']],
  [inBody('{at, date, long}'), ['INVALID body']],
  [inBody('{n, number}'), ['INVALID body']],
  [inBody('{constructor}'), ['INVALID body']],
  [inBody('{__proto__}'), ['INVALID body']],
  [
    inBody(
      '{a, select, x {{a, select, x {{a, select, x {{a, select, x {y} other {}}} other {}}} other {}}} other {}}',
    ),
    ['INVALID body'],
  ],
  [inBody('\u0000'), ['INVALID body']],
  [inBody('[Go](javascript:alert)'), ['INVALID body']],
  [inBody('[Go](http://shop.example)'), ['INVALID body']],
  [inBody('[Go](https://shop.example/{order})'), ['INVALID body']],
  [inBody('[Go]({a}{b})'), ['INVALID body']],
  [inBody('[Go]({track})\n\n{track}'), ['INVALID body track']],
  [inBody('[Go]({product})'), ['INVALID body product']],
  [{ ...OWN_TEXT, body: '{name}: {order}' }, ['INVALID body name']],
  [{ ...OWN_TEXT, body: '{order, select, a {{name}} other {}}' }, ['INVALID body name']],
  [{ ...RESET, body: '# Hello\n\nNo link.' }, ['MISSING_VARIABLE body link']],
  [
    { ...RESET, body: '# Hello\n\n{name, select, Ada {{link}} other {No link}}' },
    ['MISSING_VARIABLE body link'],
  ],
  [{ ...RESET, body: `${RESET.body}\n\n{email}` }, ['INVALID body email']],
  [{ ...RESET, body: `${RESET.body}\n\n[Or]({name})` }, ['INVALID body name']],
  [{ ...CODE, body: '# Code' }, ['MISSING_VARIABLE body code']],
  [{ ...CODE_TEXT, body: 'Your code at {product}' }, ['MISSING_VARIABLE body code']],
  [{ ...CODE_TEXT, body: '{name}: {code}' }, ['INVALID body name']],
])('refuses %j', (template, problems) => {
  expect(problemsOf(template)).toEqual(problems)
})

test('9.6: is quick with the worst that is not too long', () => {
  const startedAt = performance.now()
  for (const piece of [
    '{',
    '{a,select,other{',
    '{a,plural,other{',
    "'",
    "'{",
    '# ',
    '[',
    '[a](',
    '| a | ',
    '\n\n',
    '<b>',
    '{a}',
  ]) {
    problemsOf(inBody(piece.repeat(9000 / piece.length)))
  }

  expect(performance.now() - startedAt).toBeLessThan(2000)
})
