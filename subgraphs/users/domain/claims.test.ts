import { type ClaimRule, makeClaimsOf } from './claims.js'
import type { Account } from './ports.js'

const ADA = {
  roles: ['user', 'support'],
  username: 'ada',
  displayName: null,
  email: 'ada@acme.test',
  emailVerifiedAt: new Date(0),
  phoneNumberVerifiedAt: null,
  locale: 'de-AT',
} as Account // the fields that the rules below name

const ATTRIBUTES = { 'membership:number': 'AB123456', 'membership:level': { no: 3 } }

const claimsOf = (rules: ClaimRule[], changes: Partial<Account> = {}) =>
  makeClaimsOf(rules)({ ...ADA, ...changes }, ATTRIBUTES)

test('a claim holds a field of the account, or whether the person has a role', () => {
  expect(
    claimsOf([
      { claim: 'roles', from: 'roles' },
      { claim: 'locale', from: 'locale' },
      { claim: 'email_verified', from: 'emailVerified' },
      { claim: 'phone_number_verified', from: 'phoneNumberVerified' },
      { claim: 'https://acme.test/staff', role: 'support' },
      { claim: 'https://acme.test/admin', role: 'admin' },
    ]),
  ).toEqual({
    ...{ roles: ['user', 'support'], locale: 'de-AT', email_verified: true, phone_number_verified: false },
    ...{ 'https://acme.test/staff': true, 'https://acme.test/admin': false },
  })
})

test('a claim holds an attribute as it is', () => {
  expect(
    claimsOf([
      { claim: 'member', attribute: 'membership:number' },
      { claim: 'level', attribute: 'membership:level' },
    ]),
  ).toEqual({ member: 'AB123456', level: { no: 3 } })
})

test('what is not known is left out', () => {
  expect(
    claimsOf([
      { claim: 'name', from: 'displayName' },
      { claim: 'since', attribute: 'membership:since' },
    ]),
  ).toEqual({})
})

test('4.1: what would make a token too long is left out, and what comes after it is not', () => {
  const rules: ClaimRule[] = [
    { claim: 'roles', from: 'roles' },
    { claim: 'locale', from: 'locale' },
  ]

  expect(claimsOf(rules, { roles: Array.from({ length: 60 }, (_, n) => `a-role-of-many-${n}`) })).toEqual({
    locale: 'de-AT',
  })
})
