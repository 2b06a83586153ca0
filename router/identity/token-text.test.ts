import { parseUnambiguous } from './token-text.js'

test.each([
  '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}',
  '{ "a" : "x:\\"a\\":{", "b": ["a", "a"] }',
  '{"a":"\\u0061","\\\\":1,"\\"":{}}',
])('reads %s', (text) => {
  expect(parseUnambiguous(text)).toEqual(JSON.parse(text))
})

test.each([
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"x":[{"a":1, "a" :2}]}',
  '{"x":{"y":1},"z":"}","x":2}',
  '{"a":1',
  '',
])('does not read %s', (text) => {
  expect(parseUnambiguous(text)).toBeNull()
})
