import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { EdgeRules } from './edge-rules.js'
import { readEdgeRules } from './read-edge-rules.js'

const faultsOf = (text: string) => {
  const read = readEdgeRules(text)
  return read.kind === 'faulty' ? read.faults : []
}

test('an empty file stands for the defaults', () => {
  expect(readEdgeRules('# nothing yet\n')).toEqual({ kind: 'read', value: EdgeRules.parse({}) })
})

test('the file that comes with the router says nothing but the defaults, and all of them', () => {
  const text = readFileSync(new URL('../router.yaml', import.meta.url), 'utf8')

  expect(readEdgeRules(text)).toEqual({ kind: 'read', value: EdgeRules.parse({}) })
  expect(text).toContain('$schema=./router.schema.json')
  for (const [part, rules] of Object.entries(EdgeRules.parse({}))) {
    const names = Array.isArray(rules) || typeof rules === 'string' ? [] : Object.keys(rules)
    expect(text).toMatch(new RegExp(`^${part}:`, 'm'))
    for (const name of names) expect(text).toMatch(new RegExp(`^${part}:[^]*^  ${name}:`, 'm'))
  }
})

test('what is left out of a part is as it was', () => {
  const read = readEdgeRules('documents: { depth: 4 }')

  expect(read).toMatchObject({ kind: 'read', value: { documents: { depth: 4, aliases: 15 } } })
})

test('every fault is told, with its line and its path', () => {
  const faults = faultsOf(
    [
      'documents:',
      '  depth: none',
      '  levels: 4',
      'firewall:',
      '  deny:',
      '    - 203.0.113.0/24',
      '    - 203.0.113.0/40',
      '  refuse:',
      '    - { contains: sqlmap }',
      'speed: 9',
    ].join('\n'),
  )

  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^line 2: documents\.depth: .*number/),
      expect.stringMatching(/^line 3: documents\.levels: is no rule/),
      expect.stringMatching(/^line 7: firewall\.deny\.1: must be an address or a network/),
      expect.stringMatching(/^line 9: firewall\.refuse\.0: needs a path or a header/),
      expect.stringMatching(/^line 10: speed: is no rule/),
    ]),
  )
})

test.each([
  '10.1',
  '203.0.113',
  '010.0.0.1',
  '0x7f.0.0.1',
  '10.1/16',
  '300.0.0.1',
  'localhost',
  '203.0.113.7/33',
])('%s is no network', (network) => {
  expect(faultsOf(`firewall: { deny: ["${network}"] }`)).toEqual([expect.stringContaining('firewall.deny.0')])
})

test.each([
  ['a list that does not end', 'firewall: { deny: [203.0.113.7', /^line 1: no YAML/],
  ['the same part twice', 'documents: {}\ndocuments: {}', /^line 2: no YAML/],
  ['no map', '- 1', /the file/],
  // Ten names of ten names of ten …: a few lines that would be a billion values.
  ['names for parts of itself', 'a: &a [1, 1]\nb: [*a, *a]', /./],
])('%s is refused', (_, text, fault) => {
  expect(faultsOf(text)).toEqual(expect.arrayContaining([expect.stringMatching(fault)]))
})

test('the committed JSON schema is that of the rules', () => {
  const committed = JSON.parse(readFileSync(new URL('../router.schema.json', import.meta.url), 'utf8'))

  expect(committed).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(EdgeRules, { io: 'input' }))))
})
