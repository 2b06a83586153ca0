import { type AttributeInput, type AttributeNamespace, makeAttributes, type Writer } from './attributes.js'

const isText = (value: unknown): boolean => typeof value === 'string'
const isAny = (): boolean => true

const DEFINED: AttributeNamespace[] = [
  {
    ...{ namespace: 'preferences', writtenBy: 'OWNER', visibleToOwner: true },
    attributes: new Map<string, (value: unknown) => boolean>([
      ['theme', isText],
      ['layout', isAny],
    ]),
  },
  {
    ...{ namespace: 'membership', writtenBy: 'STAFF', visibleToOwner: true },
    attributes: new Map([['number', isText]]),
  },
  {
    ...{ namespace: 'support', writtenBy: 'STAFF', visibleToOwner: false },
    attributes: new Map([['note', isText]]),
  },
]
const attributes = makeAttributes(DEFINED)
const read = (inputs: AttributeInput[], writer: Writer = 'OWNER') => attributes.read(inputs, writer)
const problemsOf = (input: AttributeInput, writer: Writer = 'OWNER') => read([input], writer).problems
const theme = (value?: unknown) => ({ namespace: 'preferences', key: 'theme', value })
const layout = (value: unknown) => ({ namespace: 'preferences', key: 'layout', value })
const at = (part: string, index = 0) => ['profile', 'attributes', String(index), part]

test('what is given is set, null removes it, and the rest is not named', () => {
  expect(read([theme('dark'), layout(null)])).toEqual({
    change: { set: { 'preferences:theme': 'dark' }, removed: ['preferences:layout'] },
    problems: [],
  })
})

test('without any defined, each is refused', () => {
  expect(makeAttributes([]).read([theme('dark')], 'OWNER').problems).toEqual([
    { code: 'NOT_FOUND', field: at('namespace') },
  ])
})

test('every fault is told at once, by its place', () => {
  const { problems } = read([
    { namespace: 'nothing', key: 'x', value: 1 },
    { namespace: 'preferences', key: 'constructor', value: 1 },
    theme(1),
    theme('twice'),
    { namespace: 'preferences', key: 'layout' },
  ])

  expect(problems).toEqual([
    { code: 'NOT_FOUND', field: at('namespace', 0) },
    { code: 'NOT_FOUND', field: at('key', 1) },
    { code: 'INVALID', field: at('value', 2) },
    { code: 'INVALID', field: at('key', 3) },
    { code: 'REQUIRED', field: at('value', 4) },
  ])
})

test('an owner writes theirs and staff theirs; what an owner may not see is to them as if it did not exist', () => {
  const number = { namespace: 'membership', key: 'number', value: 'AB1' }
  const note = { namespace: 'support', key: 'note', value: 'x' }

  expect(problemsOf(number)).toEqual([{ code: 'INVALID', field: at('namespace') }])
  expect(problemsOf(note)).toEqual([{ code: 'NOT_FOUND', field: at('namespace') }])
  expect(problemsOf(theme('dark'), 'STAFF')).toEqual([{ code: 'INVALID', field: at('namespace') }])
  expect(read([number, note], 'STAFF').problems).toEqual([])
})

test.each([
  ['4 KiB and more', 'x'.repeat(4095), 'TOO_LONG'],
  ['a NUL', { a: ['x\u0000'] }, 'INVALID'],
  ['a NUL in a key', { 'x\u0000': 1 }, 'INVALID'],
  ['half of a pair', '\ud83d', 'INVALID'],
  ['a number without end', Number.POSITIVE_INFINITY, 'INVALID'],
])('what could not be stored as it was checked is refused: %s', (_, value, code) => {
  expect(problemsOf(layout(value))).toEqual([{ code, field: at('value') }])
})

test.each(['x'.repeat(4094), '\\u0000', '😀', { deep: [{ a: null }] }, false, 0, ''])(
  'what can be stored is taken: %j',
  (value) => {
    expect(read([layout(value)])).toEqual({
      change: { set: { 'preferences:layout': value }, removed: [] },
      problems: [],
    })
  },
)

test('is shown by namespace, to its owner what is theirs to see, and nothing that is no longer defined', () => {
  const stored = {
    ...{ 'preferences:theme': 'dark', 'membership:number': 'AB1', 'support:note': 'x' },
    ...{ 'gone:key': 1, 'preferences:gone': 2 },
  }
  const all = [
    { namespace: 'preferences', key: 'theme', value: 'dark' },
    { namespace: 'membership', key: 'number', value: 'AB1' },
    { namespace: 'support', key: 'note', value: 'x' },
  ]

  expect(attributes.show(stored, { by: 'STAFF', namespace: null })).toEqual(all)
  expect(attributes.show(stored, { by: 'OWNER', namespace: null })).toEqual(all.slice(0, 2))
  expect(attributes.show(stored, { by: 'STAFF', namespace: 'membership' })).toEqual(all.slice(1, 2))
  expect(attributes.show(stored, { by: 'OWNER', namespace: 'support' })).toEqual([])
})
