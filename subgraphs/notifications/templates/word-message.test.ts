import type { Channel } from '../domain/message.js'
import type { StoredTemplate } from '../domain/template-ports.js'
import { createTemplateViews } from './list-templates.js'
import { readOperatorWords } from './operator-words.js'
import { makePreview } from './preview.js'
import { makeReadStoredWords } from './read-stored-words.js'
import { serviceTemplates } from './service-templates.js'
import { isLinkTo } from './service-variables.js'
import { makeWordMessage } from './word-message.js'
import { createWordsInForce } from './words-in-force.js'

const mail = (changes: Partial<StoredTemplate>): StoredTemplate => ({
  ...{ name: 'account-kept', locale: 'en', channel: 'EMAIL', subject: 'Kept by an operator' },
  ...{ body: '# Kept\n\nStay, {name}.', updatedAt: new Date(1) },
  ...changes,
})

const isLink = isLinkTo(['https://shop.example'])

const listThese = async () => []

/** As the database would find them, and how often it was asked. */
function wording(stored: StoredTemplate[]) {
  const faults: string[] = []
  const asked: string[] = []
  const clock = { now: 0 }
  const findByName = async (name: string, channel: Channel) => {
    asked.push(name)
    return stored.filter((template) => template.name === name && template.channel === channel)
  }
  const onFault = ({ name, locale }: { name: string; locale: string }) => faults.push(`${name} ${locale}`)
  const readStored = makeReadStoredWords(onFault)
  const wordsInForce = createWordsInForce({ findByName, now: () => clock.now, readStored })
  const options = { product: 'Usergraph', findByName, isLink, readStored }
  return {
    ...{ faults, asked, clock, findByName },
    ...makeWordMessage({ product: 'Usergraph', isLink, wordsInForce, onFault }),
    preview: makePreview(options),
    ...createTemplateViews({ list: async () => stored, listThese, readStored }),
    services: serviceTemplates(options),
  }
}

const kept = {
  ...{ kind: 'ACCOUNT_DELETION' as const, template: 'account-kept', locale: 'en' },
  variables: { name: 'Ada', regionalLocale: 'en-GB' },
}

test('says what an operator has put in the place of our words, in the frame that all mails have', async () => {
  const { mail: word, text } = wording([
    mail({}),
    mail({ name: 'account-kept-sms', channel: 'SMS', subject: null, body: 'Kept at {product}.' }),
  ])

  const letter = await word(kept, null)

  expect(letter).toMatchObject({ subject: 'Kept by an operator' })
  expect(letter.text).toContain('Hello Ada,\n\nStay, Ada.\n\n-- \nUsergraph\nYou get this message')
  expect(await text(kept, null)).toBe('Kept at Usergraph.')
})

test('in the words of the country, else of the language, and never in those of another', async () => {
  const subjectOf = async (...locales: string[]) =>
    (await wording(locales.map((locale) => mail({ locale, subject: locale }))).mail(kept, null)).subject

  expect(await subjectOf('en', 'en-GB', 'de')).toBe('en-GB')
  expect(await subjectOf('de', 'en', 'en-US')).toBe('en')
  expect(await subjectOf('de', 'en-US')).toBe('Your account stays')
})

test('words that cannot be filled or read are left for ours, and that is told', async () => {
  const faulty = wording([mail({ body: '# Kept\n\n{gone}' })])
  const unreadable = wording([mail({ body: 'no heading' })])

  expect(await faulty.mail(kept, null)).toMatchObject({ subject: 'Your account stays' })
  expect(await unreadable.mail(kept, null)).toMatchObject({ subject: 'Your account stays' })
  expect([faulty.faults, unreadable.faults]).toEqual([['account-kept en'], ['account-kept en']])
})

test('9.3: a text whose words say the name is sent in ours, and so is a code in words that leave it out', async () => {
  const code = { kind: 'OTP' as const, template: 'otp', locale: 'en', variables: { name: 'Ada' } }
  const kept = (body: string) => wording([mail({ name: 'otp-sms', channel: 'SMS', subject: null, body })])
  const [naming, silent] = [kept('{name}: {code}'), kept('Your code is on its way.')]

  expect(await naming.text(code, '482913')).toBe(
    '482913 is your code for Usergraph. It works once, for 5 minutes. Do not share it.',
  )
  expect(await silent.text(code, '482913')).toContain('482913')
  expect([naming.faults, silent.faults]).toEqual([['otp-sms en'], ['otp-sms en']])
})

test('words that make too long a text are left for ours, and refused while a service can mend it', async () => {
  const longer = mail({
    ...{ name: 'custom-sms', channel: 'SMS', subject: null, body: `${'x'.repeat(400)} {text}` },
  })
  const { text, services, faults } = wording([longer])
  const given = { text: 'y'.repeat(200) }
  const message = { kind: 'CUSTOM' as const, template: 'custom', locale: 'en', variables: given }
  const custom = await services.find({ name: 'custom', channel: 'SMS', locale: 'en' })

  expect(custom?.read({ text: 'y' })).toMatchObject({ kind: 'read' })
  expect(custom?.read(given)).toEqual({ kind: 'refused', problems: [{ code: 'TOO_LONG', field: ['text'] }] })
  expect(await text(message, null)).not.toContain('x')
  expect(faults).toEqual(['custom en'])
})

test('words that cannot be read stop no list, no preview and no send', async () => {
  const rows = [
    mail({ name: 'own', body: 'no heading' }),
    mail({ name: 'custom', body: '# {' }),
    mail({ name: 'sound', body: '# {a}' }),
  ]
  const { list, preview, services, faults } = wording(rows)
  const found = (name: string) => services.find({ name, channel: 'EMAIL', locale: 'en' })
  const asked = { locale: 'en', variables: {} }

  expect((await list('en')).slice(0, 3).map(({ variables }) => variables)).toEqual([[], [], ['a']])
  expect(await preview({ ...asked, template: 'own' })).toEqual({ kind: 'refused', field: 'template' })
  expect(await preview({ ...asked, template: 'custom' })).toEqual({ kind: 'refused', field: 'template' })
  expect(await found('own')).toBeNull()
  expect((await found('custom'))?.read({ title: 'a', text: 'b' })).toMatchObject({ kind: 'read' })
  expect(new Set(faults)).toEqual(new Set(['own en', 'custom en']))
})

test('asks for words every three seconds at most, and a fault of the database is not remembered', async () => {
  const { mail: word, asked, clock } = wording([mail({})])
  await word(kept, null)
  clock.now = 2999
  await word(kept, null)
  const before = asked.length
  clock.now = 3000
  await word(kept, null)

  expect([before, asked.length]).toEqual([1, 2])

  let fails = true
  const wordsInForce = createWordsInForce({
    findByName: async () => {
      if (fails) throw new Error('away')
      return [mail({})]
    },
    now: () => 0,
    readStored: readOperatorWords,
  })
  await expect(wordsInForce('account-kept', 'EMAIL')).rejects.toThrow('away')
  fails = false
  expect(await wordsInForce('account-kept', 'EMAIL')).toHaveLength(1)
})

describe('a template of an operator’s own', () => {
  const shipped = mail({
    ...{ name: 'order-shipped', subject: 'On its way' },
    body: '# Order {order}\n\n{count, plural, one {One parcel} other {# parcels}}\n\n[Track]({track})',
  })
  const given = { order: 'A-1', count: 1, track: 'https://shop.example/1' }

  test('is filled by a service, by name and type, in some language that it is kept in', async () => {
    const { services, mail: word } = wording([shipped])
    const found = await services.find({ name: 'order-shipped', channel: 'EMAIL', locale: 'de' })
    const read = found?.read(given)
    const message = { kind: 'CUSTOM' as const, template: 'order-shipped', locale: 'en' }

    expect(found?.locale).toBe('en')
    expect(read).toEqual({ kind: 'read', variables: given })
    const { subject, text } = await word({ ...message, variables: { ...given, name: null } }, null)
    expect(subject).toBe('On its way')
    expect(text).toContain('Order A-1\n\nHello,\n\nOne parcel\n\nTrack:\nhttps://shop.example/1')
    expect(text).toContain('sent automatically by Usergraph')
    const news = await word({ ...message, kind: 'PRODUCT_NEWS', variables: { ...given, name: null } }, null)
    expect(news.text).toContain('because you asked for news')
  })

  test('takes nothing that is missing, of another type, or a choice by a name of JavaScript’s', async () => {
    const choosing = mail({ name: 'choosing', body: '# {a, select, x {y} other {z}}' })
    const { services } = wording([shipped, choosing])
    const problemsOf = async (name: string, variables: unknown) => {
      const read = (await services.find({ name, channel: 'EMAIL', locale: null }))?.read(variables)
      return read?.kind === 'refused'
        ? read.problems.map(({ code, field }) => [code, ...(field ?? [])].join(' '))
        : []
    }

    expect(await problemsOf('order-shipped', {})).toEqual([
      'MISSING_VARIABLE count',
      'MISSING_VARIABLE order',
      'MISSING_VARIABLE track',
    ])
    expect(await problemsOf('order-shipped', { ...given, count: '1' })).toEqual(['INVALID count'])
    expect(await problemsOf('choosing', { a: 'constructor' })).toEqual([])
    expect(await services.find({ name: 'order-shipped', channel: 'SMS', locale: null })).toBeNull()
  })

  test('9.3: says no name in a text, whoever kept such words', async () => {
    const body = 'Dear {name}, {order} comes.'
    const { text, services, faults } = wording([
      mail({ name: 'coming-sms', channel: 'SMS', subject: null, body }),
    ])
    const variables = { order: 'A-1', name: 'Ada' }
    const message = { kind: 'CUSTOM' as const, template: 'coming-sms', locale: 'en', variables }

    await expect(text(message, null)).rejects.toThrow()
    expect(await services.find({ name: 'coming-sms', channel: 'SMS', locale: 'en' })).toBeNull()
    expect(new Set(faults)).toEqual(new Set(['coming-sms en']))
  })

  test('is refused where what it is filled with makes more than a mail may be', async () => {
    const { services } = wording([mail({ name: 'long', body: `# x\n\n${'{a}'.repeat(49)}` })])
    const long = await services.find({ name: 'long', channel: 'EMAIL', locale: null })

    expect(long?.read({ a: 'x'.repeat(1000) })).toMatchObject({ kind: 'read' })
    // Escaped it is five times as long.
    expect(long?.read({ a: '&'.repeat(1000) })).toEqual({
      kind: 'refused',
      problems: [{ code: 'TOO_LONG', field: [] }],
    })
  })

  test('leads to no address that came as words, before it was a button’s', async () => {
    const { mail: word } = wording([mail({ name: 'changed', body: '# x\n\n[Go]({a})' })])
    const message = { kind: 'CUSTOM' as const, template: 'changed', locale: 'en' }
    const sent = (a: string) => word({ ...message, variables: { a, name: null } }, null)

    await expect(sent('https://evil.example/')).rejects.toThrow('cannot be filled')
    expect(await sent('https://shop.example/1')).toMatchObject({ subject: 'Kept by an operator' })
  })

  test('that is gone by now cannot be worded', async () => {
    const { mail: word } = wording([])
    const message = { kind: 'CUSTOM' as const, template: 'order-shipped', locale: 'en', variables: given }

    await expect(word(message, null)).rejects.toThrow()
  })
})

describe('a preview', () => {
  test('shows ours with an example, and with what is put in its place', async () => {
    const { preview } = wording([])

    const code = await preview({ template: 'otp', locale: 'de', variables: { code: '000111' } })
    const text = await preview({ template: 'otp-sms', locale: 'en', variables: {} })
    const reset = await preview({
      template: 'password-reset',
      locale: 'en',
      variables: { link: 'https://x.example/' },
    })

    expect(code).toMatchObject({ kind: 'previewed', text: expect.stringContaining('000111') })
    expect(text).toMatchObject({ subject: null, html: null, text: expect.stringContaining('482913') })
    expect(reset).toMatchObject({ html: expect.stringContaining('href="https://x.example/"') })
  })

  test('shows an operator’s words, and their own templates', async () => {
    const { preview } = wording([mail({}), mail({ name: 'own', body: '# {a}\n\n{b}' })])

    expect(await preview({ template: 'account-kept', locale: 'en-GB', variables: {} })).toMatchObject({
      subject: 'Kept by an operator',
    })
    expect(await preview({ template: 'own', locale: 'fr', variables: { a: 'Title' } })).toMatchObject({
      text: expect.stringMatching(/^Title\n\nHello Ada Lovelace,\n\nLorem ipsum/),
    })
  })

  test.each([
    [{ template: 'none', variables: {} }, { kind: 'unknown' }],
    [
      { template: 'otp', variables: [] },
      { kind: 'refused', field: 'variables' },
    ],
    [
      { template: 'otp', variables: { link: 'x' } },
      { kind: 'refused', field: 'variables.link' },
    ],
    [
      { template: 'otp', variables: { code: {} } },
      { kind: 'refused', field: 'variables.code' },
    ],
    [
      { template: 'welcome', variables: { link: 'javascript:x' } },
      { kind: 'refused', field: 'variables.link' },
    ],
  ])('refuses %j', async (asked, expected) => {
    expect(await wording([]).preview({ locale: 'en', ...asked })).toEqual(expected)
  })
})

test('all words are listed, an operator’s in the place of ours', async () => {
  const stored = [mail({}), mail({ name: 'own', locale: 'de-AT' })]
  const { list } = createTemplateViews({
    list: async (locale) => stored.filter((row) => locale === null || row.locale === locale),
    listThese,
    readStored: readOperatorWords,
  })

  const english = await list('en')
  const regional = await list('de-AT')

  expect(english.filter(({ name }) => name === 'account-kept')).toMatchObject([
    { subject: 'Kept by an operator' },
  ])
  expect(english).toContainEqual({
    ...{ name: 'otp-sms', locale: 'en', channel: 'SMS', subject: null, variables: ['code'] },
    ...{ body: expect.stringContaining('{code}'), updatedAt: new Date(0) },
  })
  expect(regional).toMatchObject([{ name: 'own' }])
  expect((await list(null)).length).toBeGreaterThan(200)
})

test('9.6: lists words without reading them again, until they change', async () => {
  // Choices are what costs most to read.
  const body = `# x\n\n${'{a,plural,other{x}}'.repeat(500)}`
  const stored = Array.from({ length: 200 }, (_, index) => mail({ name: `own-${index}`, body }))
  const { list } = createTemplateViews({ list: async () => stored, listThese, readStored: readOperatorWords })
  await list(null)

  const startedAt = performance.now()
  for (let round = 0; round < 5; round++) await list(null)
  expect(performance.now() - startedAt).toBeLessThan(200)

  stored[0] = mail({ name: 'own-0', body: '# {b}' })
  expect((await list(null))[0]?.variables).toEqual(['b'])
})
