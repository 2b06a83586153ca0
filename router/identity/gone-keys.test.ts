import { createGoneKeys } from './gone-keys.js'

const goneOf = (...told: (readonly string[] | null)[]) => {
  const keys = createGoneKeys()
  for (const keyIds of told) keys.hear(keyIds)
  return ['a', 'b', 'c'].filter(keys.isGone)
}

test.each([
  [[], []],
  [[['a', 'b']], []],
  [[['a', 'b'], ['b']], ['a']],
  [[['a'], ['b', 'c']], ['a']],
  [
    [['a', 'b'], ['b'], ['c']],
    ['a', 'b'],
  ],
  // As after a restore of the database.
  [[['a'], ['b'], ['a', 'b']], []],
  // Of two of its processes one is older, and says nothing.
  [[['a', 'b'], null, ['a']], ['b']],
])('of %j these are gone: %j', (told, expected) => {
  expect(goneOf(...told)).toEqual(expected)
})
