import { readBody } from './body.js'

const read = (source: string) => readBody(source, { locale: 'en', copyLink: 'Or copy:' })

test('reads each kind of block, and fills it', () => {
  const { heading, blocksOf } = read(`
    # Hello {who}

    One line
    and another.

    = {code}

    | Who | {who}
    | Code | {code}

    [Go]({link})

    > Small print.`)
  const facts = { who: 'Ada', code: '123456', link: 'https://id.example.org/' }

  expect(heading(facts)).toBe('Hello Ada')
  expect(blocksOf.map((blockOf) => blockOf(facts))).toEqual([
    { kind: 'paragraph', text: 'One line and another.' },
    { kind: 'code', text: '123456' },
    {
      kind: 'facts',
      rows: [
        ['Who', 'Ada'],
        ['Code', '123456'],
      ],
    },
    { kind: 'action', label: 'Go', url: 'https://id.example.org/', hint: 'Or copy:' },
    { kind: 'note', text: 'Small print.' },
  ])
})

test.each([
  '[Go](https://evil.example)',
  '# Big',
  '> small',
  '\n\n= 1',
  '| a | b',
  '{link}',
  '{x, plural, other {#}}',
  "'{'",
])('what is filled in stays words: %s', (who) => {
  const { blocksOf } = read('# Heading\n\n{who}')

  expect(blocksOf.map((blockOf) => blockOf({ who }))).toEqual([{ kind: 'paragraph', text: who }])
})

test.each([
  ['no heading', 'Hello'],
  ['a row of one', '# Hello\n\n| Time'],
  ['a brace that is not closed', '# Hello\n\n{who'],
  ['a choice without its rest', '# Hello\n\n{who, select, a {b}}'],
])('refuses %s', (_, source) => {
  expect(() => read(source)).toThrow()
})

test('refuses to leave a place empty', () => {
  const { blocksOf } = read('# Hello\n\n{who}')

  expect(() => blocksOf.map((blockOf) => blockOf({}))).toThrow('who')
})

test('9.6: reads a long run of spaces in one go', () => {
  const startedAt = performance.now()
  const { blocksOf } = read(`# Hello\n\na${' '.repeat(40_000)}b`)

  expect(blocksOf).toHaveLength(1)
  expect(performance.now() - startedAt).toBeLessThan(500)
})
