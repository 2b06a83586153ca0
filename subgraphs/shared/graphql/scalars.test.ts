import { type GraphQLScalarType, parseValue } from 'graphql'
import {
  CalendarDate,
  DateTime,
  EmailAddress,
  IpAddress,
  Json,
  Jwt,
  Locale,
  PhoneNumber,
  TimeZone,
  Url,
} from './scalars.js'

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) })
const literal = (scalar: GraphQLScalarType, text: string) => () => scalar.parseLiteral(parseValue(text), {})

test.each([EmailAddress, PhoneNumber, Jwt, Url, Locale, TimeZone, IpAddress, CalendarDate, DateTime])(
  '%s takes any text, so that a wrong one can be told at its field, and nothing but text',
  (scalar: GraphQLScalarType) => {
    expect(scalar.parseValue('nonsense')).toBe('nonsense')
    expect(literal(scalar, '"nonsense"')()).toBe('nonsense')
    for (const value of [1, true, null, {}, ['a']]) expect(() => scalar.parseValue(value)).toThrow('A text')
    for (const text of ['1', 'true', 'ENUM', '{}', '["a"]']) expect(literal(scalar, text)).toThrow('A text')
  },
)

test.each([
  ['a date', new Date('2030-01-01T01:00:00+01:00')],
  ['a text with an offset', '2030-01-01T01:00:00+01:00'],
  ['milliseconds', Date.UTC(2030, 0, 1)],
])('a moment is written in UTC, whether it was %s', (_, moment) => {
  expect(DateTime.serialize(moment)).toBe('2030-01-01T00:00:00.000Z')
})

test('what is no moment is a fault of ours', () => {
  expect(() => DateTime.serialize('nonsense')).toThrow(RangeError)
})

test.each([null, 1, 'text', [1, [2]], { a: { b: [true] } }, {}])('JSON takes %j', (value) => {
  expect(Json.parseValue(value)).toEqual(value)
})

test('9.5: JSON of 10 levels is taken, and of 11 refused, in variables and in documents', () => {
  const text = (levels: number) => JSON.stringify(nested(levels)).replaceAll('"', '')

  expect(Json.parseValue(nested(10))).toEqual(nested(10))
  expect(() => Json.parseValue(nested(11))).toThrow('nested')
  expect(literal(Json, text(10))()).toMatchObject({ a: {} })
  expect(literal(Json, text(11))).toThrow('nested')
})

test('9.5: lists count as levels too', () => {
  expect(() => Json.parseValue(JSON.parse('['.repeat(12) + ']'.repeat(12)))).toThrow('nested')
})

test.each(['__proto__', 'constructor', 'prototype'])('9.5: the key %s is refused at any level', (key) => {
  expect(() => Json.parseValue(JSON.parse(`{"${key}":1}`))).toThrow('not allowed')
  expect(() => Json.parseValue(JSON.parse(`{"a":[{"${key}":{}}]}`))).toThrow('not allowed')
  expect(literal(Json, `{ a: { ${key}: 1 } }`)).toThrow('not allowed')
})
