import { canonicalJson } from './canonical-json.js'

test('writes fields in order, however deep, and lists as they are', () => {
  const one = { b: [{ d: 1, c: 2 }, 'x'], a: { f: null, e: true } }
  const again = { a: { e: true, f: null }, b: [{ c: 2, d: 1 }, 'x'] }

  expect(canonicalJson(one)).toBe('{"a":{"e":true,"f":null},"b":[{"c":2,"d":1},"x"]}')
  expect(canonicalJson(again)).toBe(canonicalJson(one))
  expect(canonicalJson(['x', 'y'])).not.toBe(canonicalJson(['y', 'x']))
})

test('writes numbers, texts and literals as the example of RFC 8785 does (3.2.2)', () => {
  const sent = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`

  expect(canonicalJson(JSON.parse(sent))).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  )
})

test('puts names in the order of the example of RFC 8785 (3.2.3), but for one of digits', () => {
  const sent = '{"\u20ac":1,"\\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}'

  expect(canonicalJson(JSON.parse(sent))).toBe(
    '{"1":4,"\\r":2,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  )
})

test('where it differs from the standard: names of digits come first, and half a pair is escaped', () => {
  expect(canonicalJson({ '-': 1, 10: 2, 9: 3 })).toBe('{"9":3,"10":2,"-":1}')
  expect(canonicalJson('\ud83d')).toBe('"\\ud83d"')
})

test('leaves out what is null only where that says nothing', () => {
  const value = { b: null, a: [null, { d: null, c: undefined }] }

  expect(canonicalJson(value)).toBe('{"a":[null,{"d":null}],"b":null}')
  expect(canonicalJson(value, { nulls: 'left out' })).toBe('{"a":[null,{}]}')
})

test('writes leaves as it is told to, and names as they are', () => {
  const leaf = (value: unknown) => String(value).toLowerCase()

  expect(canonicalJson({ A: ['X', 1, null] }, { leaf })).toBe('{"A":["x","1","null"]}')
  expect(canonicalJson('X', { leaf })).toBe('"x"')
})

test('a moment is the text it is sent as, and a name that objects have of themselves is a name', () => {
  expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}')
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1},"b":1}')
})
