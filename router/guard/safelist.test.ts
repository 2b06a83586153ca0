import { readFileSync } from 'node:fs'
import { makeSafelist, type Operations, readManifest } from './safelist.js'

const manifest = (operations: object[], rest = {}) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations, ...rest })
const ME = { id: 'me-1', name: 'Me', type: 'query', body: 'query Me { me { id } }' }

function operationsOf(text: string): Operations {
  const read = readManifest(text)
  if (read.kind === 'faulty') throw new Error(read.faults.join('\n'))
  return read.value
}
const safelist = makeSafelist([
  () => operationsOf(manifest([ME])),
  () => operationsOf(manifest([{ ...ME, id: 'ab12', body: 'query Roles { roles { name } }' }])),
])

test('finds an operation by its id, in any of the manifests, in either spelling', () => {
  expect(safelist.find('me-1')).toBe(ME.body)
  expect(safelist.find('sha256:ab12')).toBe(safelist.find('ab12'))
  expect(safelist.find('ab12')).toContain('roles')
  expect(safelist.find('__proto__')).toBeNull()
})

test.each([
  ['query Me { me { id } }', true],
  ['query Me{me{id}}', true],
  ['# hello\nquery Me {\n  me { id, }\n}', true],
  ['query Me { me { id name } }', false],
  ['query You { me { id } }', false],
  ['{ me { id } }', false],
  ['query Me { me { id } } query B { me { id } }', false],
  ['query Me { me(a: "', false],
])('knows an operation by what it says: %s %p', (query, listed) => {
  expect(safelist.lists(query)).toBe(listed)
})

test.each([
  ['no JSON', '{'],
  ['another form', manifest([ME], { format: 'relay' })],
  ['a newer form', manifest([ME], { version: 2 })],
  ['an operation without a text', manifest([{ id: 'a' }])],
])('%s is no manifest', (_, text) => {
  expect(readManifest(text).kind).toBe('faulty')
})

test('the manifest of our SDK holds what it sends', () => {
  const ours = operationsOf(
    readFileSync(new URL('../../sdk/persisted-operations.json', import.meta.url), 'utf8'),
  )
  const sent = readFileSync('sdk/__generated__/operations.ts', 'utf8')
  const texts = [...sent.matchAll(/Document = `([^`]+)`/g)].map(([, text = '']) => text)

  expect(texts.length).toBeGreaterThan(40)
  expect(texts.filter((text) => !makeSafelist([() => ours]).lists(text))).toEqual([])
})
