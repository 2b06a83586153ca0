import { identityOf, mailboxOf, numberOf } from './recoverable.js'
import type { Account } from './recovery-ports.js'

const ADA: Account = {
  id: 'usr_ada',
  status: 'ACTIVE',
  everVerified: true,
  email: 'ada@acme.test',
  emailVerified: true,
  displayName: 'Ada',
  otherNames: ['lovelace'],
  scopes: [],
  phoneNumber: null,
  phoneNumberVerified: false,
}

test.each([
  ['a verified address', {}, ADA.email],
  [
    'a never-verified account, whose address is all there is',
    { everVerified: false, emailVerified: false },
    ADA.email,
  ],
  [
    'an account that waits for its deletion, so that it can be cancelled',
    { status: 'PENDING_DELETION' },
    ADA.email,
  ],
  ['an address that was not proved, of an account known by a number', { emailVerified: false }, null],
  ['a disabled account', { status: 'DISABLED' }, null],
  ['no address', { email: null, emailVerified: false }, null],
])('6.6: where the link of a reset goes: %s', (_, change, mailbox) => {
  expect(mailboxOf({ ...ADA, ...change })).toBe(mailbox)
})

test('words of theirs are every name and the address', () => {
  expect(identityOf({ ...ADA, displayName: null })).toEqual(['ada@acme.test', 'lovelace'])
})

test('8.6: a code goes to a number that was proved, and not of somebody disabled', () => {
  const proved = { ...ADA, phoneNumber: '+4915112345678', phoneNumberVerified: true }

  expect(numberOf(proved)).toBe('+4915112345678')
  expect(numberOf({ ...proved, phoneNumberVerified: false })).toBeNull()
  expect(numberOf({ ...proved, status: 'DISABLED' })).toBeNull()
})
