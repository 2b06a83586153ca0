import { importJWK, SignJWT } from 'jose'
import { jwksOf, someKey, type TestKey } from '../test/keys.js'
import { createGrantReader } from './grant.js'

const [otp, later] = await Promise.all([someKey('otp-1'), someKey('otp-2')])
const now = () => Math.floor(Date.now() / 1000)

async function granted(claims: Record<string, unknown> = {}, { typ = 'grant+jwt', key = otp } = {}) {
  const payload = {
    sub: 'usr_ada',
    purpose: 'EMAIL_VERIFICATION',
    jti: 'jti',
    challenge: 'chl',
    aud: 'users',
  }
  return new SignJWT({ ...payload, iat: now(), exp: now() + 300, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: key.publicJwk.kid ?? '' })
    .sign(await importJWK(key.privateJwk, 'EdDSA'))
}

/** A reader of users, and how often it asked otp for its keys. */
function reader(held: TestKey[], purpose = 'EMAIL_VERIFICATION') {
  const asked = { times: 0, keys: held }
  const read = createGrantReader({
    audience: 'users',
    purpose,
    async keys() {
      asked.times++
      return { keys: jwksOf(...asked.keys).keys.map((key) => ({ ...key })) }
    },
  })
  return { read, asked }
}

afterEach(() => {
  jest.useRealTimers()
})

test('a grant names a person, and when and under what id it may be spent', async () => {
  const [iat, exp] = [now(), now() + 300]

  expect(await reader([otp]).read(await granted({ iat, exp }))).toEqual({
    userId: 'usr_ada',
    jti: 'jti',
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
    ...{ challengeId: 'chl', channel: null, changeId: null, addressDigest: null, flow: null },
  })
})

test('a grant says to the millisecond when its code was spent; one of an older otp says the second', async () => {
  const at = Date.now()

  expect((await reader([otp]).read(await granted({ at })))?.issuedAt).toEqual(new Date(at))
})

test.each<[string, Record<string, unknown>, { typ?: string; key?: TestKey }]>([
  ['for another spender', { aud: 'auth' }, {}],
  ['for a purpose there is not', { purpose: 'LOGIN' }, {}],
  ['that has expired', { exp: now() - 1 }, {}],
  ['without an end', { exp: undefined }, {}],
  ['without a beginning', { iat: undefined }, {}],
  ['without an id', { jti: undefined }, {}],
  ['of another kind (4.3)', {}, { typ: 'at+jwt' }],
  ['of a key that is not otp’s', {}, { key: later }],
])('4.3: a grant %s is worth nothing', async (_, claims, made) => {
  expect(await reader([otp]).read(await granted(claims, made))).toBeNull()
})

test('4.3: a grant for another purpose than the reader’s is worth nothing', async () => {
  expect(await reader([otp], 'PASSWORD_RESET').read(await granted())).toBeNull()
})

test('4.2: keys are fetched again for an unknown one, but not within 30 s', async () => {
  jest.useFakeTimers({ now: Date.now(), doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] })
  const { read, asked } = reader([otp])
  const [known, unknown] = [await granted(), await granted({ exp: now() + 3600 }, { key: later })]
  await read(known)
  asked.keys = [otp, later]

  const early = await read(unknown)
  const times = asked.times
  jest.advanceTimersByTime(31_000)
  const late = await read(unknown)

  expect({ early, times }).toEqual({ early: null, times: 1 })
  expect(late).toMatchObject({ userId: 'usr_ada' })
  expect(asked.times).toBe(2)
})

test('13.11: many readers at once fetch the keys once', async () => {
  const { read, asked } = reader([otp])
  const grant = await granted()

  const answers = await Promise.all(Array.from({ length: 50 }, () => read(grant)))

  expect(answers.every((answer) => answer?.userId === 'usr_ada')).toBe(true)
  expect(asked.times).toBe(1)
})

test('1.5: while the keys cannot be had nothing is read, and the next reader asks again', async () => {
  const otpIs: { away: boolean } = { away: true }
  const read = createGrantReader({
    audience: 'users',
    purpose: 'EMAIL_VERIFICATION',
    async keys() {
      if (otpIs.away) throw new Error('otp is away')
      return { keys: jwksOf(otp).keys.map((key) => ({ ...key })) }
    },
  })
  const grant = await granted()

  await expect(read(grant)).rejects.toThrow('otp is away')
  otpIs.away = false

  expect(await read(grant)).toMatchObject({ userId: 'usr_ada' })
})
