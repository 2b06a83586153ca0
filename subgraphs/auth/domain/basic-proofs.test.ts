import { basicProofsOf } from './basic-proofs.js'

const PROVED = { emailVerified: true, phoneNumberVerified: true }
const WITHOUT = { hasPassword: false, mayBeTexted: true }

test.each([
  ['a password, whatever is proved', PROVED, { hasPassword: true, mayBeTexted: true }, ['PASSWORD']],
  ['no password', PROVED, WITHOUT, ['OTP_EMAIL', 'OTP_SMS']],
  ['an address alone', { ...PROVED, phoneNumberVerified: false }, WITHOUT, ['OTP_EMAIL']],
  ['a number alone', { ...PROVED, emailVerified: false }, WITHOUT, ['OTP_SMS']],
  ['a number that gets no texts', PROVED, { ...WITHOUT, mayBeTexted: false }, ['OTP_EMAIL']],
  ['nothing', { emailVerified: false, phoneNumberVerified: false }, WITHOUT, []],
])('8.6: what proves again who has %s', (_, addresses, known, methods) => {
  expect(basicProofsOf(addresses, known)).toEqual(methods)
})
