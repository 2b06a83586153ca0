import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { eventually } from '../../subgraphs/shared/test/eventually.js'
import type { EdgeRules } from './edge-rules.js'
import { keepEdgeRules } from './keep-edge-rules.js'
import type { KeptFile } from './keep-file.js'

let folder: string
let path: string
let lines: Record<string, unknown>[]
let kept: KeptFile<EdgeRules>

const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) })
const told = (event: string) => lines.filter((line) => line['event'] === event)
const depth = () => kept.current().documents.depth

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-edge-'))
  path = join(folder, 'router.yaml')
  lines = []
  await writeFile(path, 'documents: { depth: 5 }')
  kept = await keepEdgeRules(path, log)
  kept.start()
})
afterEach(async () => {
  kept.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a changed file is in force soon', async () => {
  await writeFile(path, 'documents: { depth: 6 }')

  await eventually(async () => depth() === 6)
  expect(told('edge-rules.changed')).toHaveLength(1)
})

test('a file that another takes the place of is read, as a mounted one is', async () => {
  await writeFile(`${path}.new`, 'documents: { depth: 7 }')
  await rename(`${path}.new`, path)

  expect(await eventually(async () => depth() === 7)).toBe(true)
})

test('a faulty file leaves the old rules in force, says why once, and a good one is taken again', async () => {
  await writeFile(path, 'documents: { depth: deep }')
  await eventually(async () => told('edge-rules.refused').length > 0)
  const meanwhile = depth()
  await writeFile(path, 'documents: { depth: 8 }')
  await eventually(async () => depth() === 8)

  expect(meanwhile).toBe(5)
  expect(told('edge-rules.refused')).toEqual([
    expect.objectContaining({ faults: [expect.stringContaining('documents.depth')] }),
  ])
})

test('a file that was emptied leaves the old rules in force', async () => {
  await writeFile(path, '')

  await eventually(async () => told('edge-rules.refused').length > 0)
  expect(depth()).toBe(5)
})

test('a file that is being written is not taken before it is whole', async () => {
  const seen = new Set<number>()
  // Each of these beginnings is a whole file of other rules.
  for (let part = 0; part < 12; part += 1) {
    await writeFile(path, `documents: { depth: ${20 + part} }`)
    await new Promise((later) => setTimeout(later, 150))
    seen.add(depth())
  }
  await eventually(async () => depth() === 31)

  expect([...seen].filter((value) => value !== 5 && value !== 31)).toEqual([])
})

test('a file that is gone leaves the old rules in force', async () => {
  await rm(path)

  await eventually(async () => told('edge-rules.unreadable').length > 0)
  expect(depth()).toBe(5)
})

test.each([
  ['documents: { depth: 0 }', /documents\.depth/],
  ['documents: [', /no YAML/],
])('the start stops on a faulty file: %s', async (text, fault) => {
  await writeFile(path, text)

  await expect(keepEdgeRules(path, log)).rejects.toThrow(fault)
})
