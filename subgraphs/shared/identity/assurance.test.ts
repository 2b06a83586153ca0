import { someViewer } from '../test/requests.js'
import { type AssuranceRule, proofLacking } from './assurance.js'
import type { Viewer } from './viewer.js'

const NOW = 1_900_000_000
const STRONGEST: AssuranceRule = { level: null, maxAgeSeconds: 300 }
const TOTP = { methods: ['TOTP', 'RECOVERY_CODE'], assurance: 'aal2' }

const lacking = (viewer: Partial<Viewer>, ...rules: AssuranceRule[]) => {
  const error = proofLacking(someViewer({ authenticatedAt: NOW - 10, ...viewer }), rules, NOW * 1000)
  return error && { code: error.code, ...error.details }
}

test('5.5: a password is proof enough for who has nothing stronger, for as long as it is fresh', () => {
  expect(lacking({ authenticatedAt: NOW - 300 }, STRONGEST)).toBeNull()
  expect(lacking({ authenticatedAt: NOW - 301 }, STRONGEST)).toEqual({
    code: 'STEP_UP_REQUIRED',
    methods: ['PASSWORD'],
    assurance: 'AAL1',
    maxAgeSeconds: 300,
  })
})

test('8.6: a fresh password is no proof for who has enrolled a second factor', () => {
  const answer = { code: 'STEP_UP_REQUIRED', ...TOTP, assurance: 'AAL2', maxAgeSeconds: 300 }

  expect(lacking({ stepUp: TOTP }, STRONGEST)).toEqual(answer)
  expect(lacking({ stepUp: TOTP, assurance: 'aal2', methods: ['pwd', 'otp'] }, STRONGEST)).toBeNull()
})

test('8.6: a text is no proof for who has an app, and is one for who has none', () => {
  const byText = { assurance: 'aal2', methods: ['pwd', 'sms'] }
  const SMS = { methods: ['OTP_SMS'], assurance: 'aal2' }

  expect(lacking({ ...byText, stepUp: TOTP }, STRONGEST)).toMatchObject({ code: 'STEP_UP_REQUIRED' })
  expect(lacking({ ...byText, methods: ['email', 'sms'], stepUp: TOTP }, STRONGEST)).not.toBeNull()
  expect(lacking({ ...byText, methods: ['pwd', 'sms', 'otp'], stepUp: TOTP }, STRONGEST)).toBeNull()
  expect(lacking({ ...byText, stepUp: SMS }, STRONGEST)).toBeNull()
})

test('8.6: a fresh code of a mailbox or a telephone is no proof for who has a password', () => {
  const answer = { code: 'STEP_UP_REQUIRED', methods: ['PASSWORD'], assurance: 'AAL1', maxAgeSeconds: 300 }

  expect(lacking({ methods: ['email'] }, STRONGEST)).toEqual(answer)
  expect(lacking({ methods: ['sms'] }, STRONGEST, { level: 1, maxAgeSeconds: 300 })).toEqual(answer)
  expect(lacking({ methods: ['email', 'pwd'] }, STRONGEST)).toBeNull()
  expect(lacking({ methods: ['email', 'otp'], assurance: 'aal2', stepUp: TOTP }, STRONGEST)).toBeNull()
})

test('8.6: a fresh code is proof for who has neither a password nor a factor, and no level beyond', () => {
  const stepUp = { methods: ['OTP_EMAIL', 'OTP_SMS'], assurance: 'aal1' }
  const byMail = { methods: ['email'], stepUp }

  expect(lacking(byMail, STRONGEST)).toBeNull()
  expect(lacking({ ...byMail, authenticatedAt: NOW - 301 }, STRONGEST)).toMatchObject({
    ...{ methods: ['OTP_EMAIL', 'OTP_SMS'], assurance: 'AAL1' },
  })
  expect(lacking(byMail, { level: 2, maxAgeSeconds: 60 })).toMatchObject({ methods: [] })
})

test('a level that nothing enrolled reaches is told without a method', () => {
  expect(lacking({}, { level: 2, maxAgeSeconds: 60 })).toEqual({
    code: 'STEP_UP_REQUIRED',
    methods: [],
    assurance: 'AAL2',
    maxAgeSeconds: 60,
  })
})

test('of many rules the highest level and the shortest time count', () => {
  const rules = [STRONGEST, { level: 2, maxAgeSeconds: 900 }, { level: 1, maxAgeSeconds: 5 }]

  const byApp = { stepUp: TOTP, assurance: 'aal2', methods: ['pwd', 'otp'] }
  expect(lacking(byApp, ...rules)).toMatchObject({ assurance: 'AAL2', maxAgeSeconds: 5 })
  expect(lacking({ ...byApp, authenticatedAt: NOW - 5 }, ...rules)).toBeNull()
})

test('5.5: a machine client cannot prove itself again', () => {
  expect(lacking({ stepUp: null, authenticatedAt: NOW, assurance: 'aal3' }, STRONGEST)).toEqual({
    code: 'FORBIDDEN',
  })
})

test('1.5: a level nobody knows proves nothing', () => {
  expect(lacking({ assurance: 'AAL9' }, STRONGEST)).toMatchObject({ code: 'STEP_UP_REQUIRED' })
})

test('without a rule nothing is lacking', () => {
  expect(lacking({ stepUp: null, authenticatedAt: 0 })).toBeNull()
})
