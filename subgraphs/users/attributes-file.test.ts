import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jsonFile } from '../shared/env/json-file.js'
import { AttributesFile } from './attributes-file.js'

const setting = jsonFile(AttributesFile)
const PREFERENCES = {
  namespace: 'preferences',
  writtenBy: 'owner',
  attributes: { theme: { enum: ['dark'] } },
}
const withSchema = (schema: unknown) => [{ ...PREFERENCES, attributes: { theme: schema } }]

/** What a file with this content is read as: namespaces, or where its faults are. */
function read(content: unknown) {
  const path = join(mkdtempSync(join(tmpdir(), 'usergraph-attributes-')), 'attributes.json')
  writeFileSync(path, JSON.stringify(content))
  const { data, error } = setting.safeParse(path)
  return { data, faults: error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
}

test('namespaces are read with who writes them, and a schema for each key', () => {
  const { data } = read([
    PREFERENCES,
    { ...PREFERENCES, namespace: 'crm', writtenBy: 'staff', visibleToOwner: false },
  ])
  const accepts = data?.[0]?.attributes.get('theme')

  expect(data).toMatchObject([
    { namespace: 'preferences', writtenBy: 'OWNER', visibleToOwner: true },
    { namespace: 'crm', writtenBy: 'STAFF', visibleToOwner: false },
  ])
  expect([accepts?.('dark'), accepts?.('light')]).toEqual([true, false])
})

test('the example of the documentation is one, and formats are checked', () => {
  const { data } = setting.safeParse('deploy/config/attributes.example.json')
  const since = data?.find(({ namespace }) => namespace === 'membership')?.attributes.get('since')

  expect([since?.('2030-02-28'), since?.('2030-02-30'), since?.(1)]).toEqual([true, false, false])
})

test.each([
  ['an unknown keyword', withSchema({ typ: 'string' }), '0.attributes.theme: must be a JSON Schema'],
  ['a type that there is not', withSchema({ type: 'text' }), '0.attributes.theme: must be a JSON Schema'],
  [
    'a reference that nothing resolves',
    withSchema({ $ref: 'https://evil.test/x' }),
    '0.attributes.theme: must be',
  ],
  ['a pattern that is none', withSchema({ type: 'string', pattern: '(' }), '0.attributes.theme: must be'],
  [
    'a format that there is not',
    withSchema({ type: 'string', format: 'colour' }),
    '0.attributes.theme: must be',
  ],
  ['no schema', withSchema('string'), '0.attributes.theme: '],
  [
    'a key that means something else',
    [{ ...PREFERENCES, attributes: { 'a:b': true } }],
    '0.attributes.a:b: ',
  ],
  ['a namespace twice', [PREFERENCES, PREFERENCES], '1.namespace: is there already'],
  ['an unknown writer', [{ ...PREFERENCES, writtenBy: 'all' }], '0.writtenBy: '],
  [
    'one that its owner writes and does not see',
    [{ ...PREFERENCES, visibleToOwner: false }],
    '0.visibleToOwner: ',
  ],
  ['what it does not know', [{ ...PREFERENCES, public: true }], '0: '],
  ['no list', PREFERENCES, ': '],
])('12.1: %s is refused at the start, by its place', (_, content, fault) => {
  expect(read(content).faults).toEqual([expect.stringContaining(fault)])
})

test('12.1: all faults are told at once', () => {
  const { faults } = read([
    ...withSchema({ type: 'text' }),
    { ...PREFERENCES, namespace: 'Other', attributes: { x: { minimum: 'a' }, y: { typ: 1 } } },
  ])

  expect(faults).toHaveLength(4)
})

test('a promise is not taken for a yes', () => {
  const { data } = read(withSchema({ $async: true, type: 'string' }))

  expect(data?.[0]?.attributes.get('theme')?.('dark') ?? false).toBe(false)
})
