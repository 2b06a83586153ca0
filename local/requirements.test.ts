import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// What docs/security.md says of itself, held to the repository.

const SOURCES = ['subgraphs', 'router', 'local', 'sdk', 'deploy', 'bench', 'scripts', 'docs']
const MARKS = { '✅': 'hold', '🟡': 'hold in part', '⬜': 'do not yet' } as const

/** `8.1, 8.2: …` at the start of what a test is called, or `(SECURITY 8.1, 8.2)`. */
const NAMES = /(?:['"`]|SECURITY )((?:\d+\.\d+(?:, )?)+)(?=[:)])/g

type Item = { number: string; mark: keyof typeof MARKS; shownBy: string }

const page = readFileSync('docs/security.md', 'utf8')
const items = [...page.matchAll(/^- \*\*(\d+\.\d+)\*\* .*\\\n {2}(✅|🟡|⬜) (.*)$/gm)].map(
  ([, number = '', mark, shownBy = '']): Item => ({ number, mark: mark as Item['mark'], shownBy }),
)

const files = SOURCES.flatMap((source) =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.includes('node_modules'))
    .map((file) => join(source, file)),
)

test('14.4: every item has a mark, and the sum at the top is theirs', () => {
  const count = (mark: Item['mark']) => items.filter((item) => item.mark === mark).length

  expect(items.map(({ number }) => number)).toEqual(
    [...page.matchAll(/^- \*\*(\d+\.\d+)\*\*/gm)].map(([, number]) => number),
  )
  expect(page).toContain(
    `Of ${items.length} items ${count('✅')} hold, ${count('🟡')} hold in part, ${count('⬜')} do not yet.`,
  )
})

test('14.4: what holds is named by a test', () => {
  const named = new Set(
    files
      .filter((file) => /\.(test|contract)\.ts$/.test(file))
      .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(NAMES)])
      .flatMap(([, numbers = '']) => numbers.split(', ')),
  )

  expect(items.filter(({ mark, number }) => mark === '✅' && !named.has(number))).toEqual([])
})

test('14.4: the files that an item names are there', () => {
  const known = new Set(['package.json', 'biome.json', '.npmrc', ...files])
  const isThere = (name: string) => known.has(name) || files.some((file) => file.endsWith(`/${name}`))
  const missing = items.flatMap(({ number, shownBy }) =>
    [...shownBy.matchAll(/`([^`\s]+\.(?:ts|js|mjs|json|md|npmrc))`/g)]
      .flatMap(([, name = '']) => spread(name))
      .filter((name) => !name.includes('*') && !isThere(name))
      .map((name) => `${number}: ${name}`),
  )

  expect(missing).toEqual([])
})

/** `a/{b,c}.ts` as both. */
function spread(name: string): string[] {
  const [, before = '', among, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(name) ?? []
  return among === undefined ? [name] : among.split(',').map((one) => `${before}${one}${after}`)
}
