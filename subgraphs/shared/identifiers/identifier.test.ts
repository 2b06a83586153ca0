import { readIdentifier } from './identifier.js'

test.each([
  [{ email: 'Ada@ACME.test' }, { kind: 'email', value: 'ada@acme.test' }],
  [{ username: 'Ada' }, { kind: 'username', value: 'ada' }],
  [{ phoneNumber: '+49 30 12345678' }, { kind: 'phoneNumber', value: '+493012345678' }],
  [
    { email: null, username: 'ada', phoneNumber: null },
    { kind: 'username', value: 'ada' },
  ],
])('%j is read in the form in which users stores it', (input, value) => {
  expect(readIdentifier(input)).toEqual({ value })
})

test.each([
  [null, 'REQUIRED', []],
  [{}, 'REQUIRED', []],
  [{ email: null }, 'REQUIRED', []],
  [{ email: 'ada@acme.test', username: 'ada' }, 'INVALID', []],
  [{ email: 'ada@acme.test', username: '' }, 'INVALID', []],
  [{ email: 'ada' }, 'INVALID_EMAIL', ['email']],
  [{ email: '' }, 'INVALID_EMAIL', ['email']],
  [{ username: 'a b' }, 'INVALID', ['username']],
  [{ phoneNumber: '030 12345' }, 'INVALID_PHONE', ['phoneNumber']],
  [{ phoneNumber: '+0301234567' }, 'INVALID_PHONE', ['phoneNumber']],
  [{ phoneNumber: `+${'1'.repeat(16)}` }, 'INVALID_PHONE', ['phoneNumber']],
])('%j is refused with its path', (input, code, path) => {
  expect(readIdentifier(input)).toEqual({ problem: { code, field: ['identifier', ...path] } })
})
