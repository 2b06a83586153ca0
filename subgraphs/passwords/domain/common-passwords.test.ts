import { readFile } from 'node:fs/promises'
import { dictionary } from '@zxcvbn-ts/language-common'
import { commonPasswords } from '../../../scripts/build-common-passwords.mjs'
import { isDictionaryPassword } from './common-passwords.js'
import { falsePositiveRate, isInFilter, makeFilter } from './password-filter.mjs'
import { DEFAULT_POLICY } from './password-policy.js'
import { countCodePoints } from './password-text.js'

const committed = await readFile(new URL('./common-passwords.bin', import.meta.url))
const values = commonPasswords()

test('6.2: the list has more than 100 000 values, each of a length that is allowed', () => {
  expect(new Set(values).size).toBe(474_743)

  const { minLength, maxLength } = DEFAULT_POLICY
  const lengths = values.map(countCodePoints)
  expect(lengths.every((length) => length >= minLength && length <= maxLength)).toBe(true)
})

test('the committed filter is what the script makes of the list', () => {
  expect(makeFilter(values).equals(committed)).toBe(true)
})

test('6.2: the filter finds every value of the list', () => {
  expect(values.filter((value) => !isInFilter(committed, value))).toEqual([])
})

test('it takes fewer than one password in a million for a common one that is none', () => {
  expect(falsePositiveRate(committed)).toBeLessThan(1e-7)

  const others = Array.from({ length: 100_000 }, (_, at) => `not in the list: ${at}`)
  expect(others.filter((value) => isInFilter(committed, value))).toEqual([])
})

test('the list holds what the strength estimate knows as common', async () => {
  const known = dictionary['passwords-common'].map((value) => String(value).toLowerCase())
  const list = new Set(values)

  expect(known.filter((value) => value.length >= 8 && !list.has(value))).toEqual([])
})

test.each(['password', 'PassWord', 'iloveyou', 'liverpool1', 'qwerty123'])(
  '%s is common, in any case',
  async (value) => {
    expect(await isDictionaryPassword(value)).toBe(true)
  },
)

test.each(['', 'bvkqjwtz', 'correct horse battery', 'длинный вечер'])('"%s" is not', async (value) => {
  expect(await isDictionaryPassword(value)).toBe(false)
})
