import DataLoader from 'dataloader'
import { createExecutor } from '../../shared/graphql/executor.js'
import { requestContext } from '../../shared/graphql/request-context.js'
import { createLogger } from '../../shared/log/logger.js'
import { withoutKey } from '../../shared/test/once.js'
import { someCaller } from '../../shared/test/requests.js'
import type { OtpContext } from '../context.js'
import { NO_FACTORS } from '../domain/factor-ports.js'
import type { ValidateOtpResult } from '../domain/validate-otp.js'
import { buildOtpSchema } from '../subgraph.js'

const VALIDATE = `mutation { validateOtp(input: { challengeId: "chl_1", code: "123456" }) {
  valid grant grantExpiresAt attemptsRemaining userErrors { code field } } }`

async function execute(result: ValidateOtpResult) {
  const { schema } = await buildOtpSchema()
  const unexpected = async () => {
    throw new Error('not expected')
  }
  const unused = async () => ({ kind: 'refused' as const, problems: [] })
  const context: OtpContext = {
    ...requestContext({ caller: someCaller() }),
    otp: { generateOtp: unused, validateOtp: async () => result },
    once: withoutKey,
    mfa: {
      ...{ begin: unexpected, confirm: unexpected, removeTotp: unexpected, setOtpFactor: unexpected },
      ...{ renewRecoveryCodes: unexpected, reset: unexpected },
      atSignIn: { begin: unexpected, confirm: unexpected },
    },
    factorsOf: new DataLoader(async (ids) => ids.map(() => NO_FACTORS)),
    isFactorDemanded: new DataLoader(async (ids) => ids.map(() => false)),
  }
  return createExecutor(schema, createLogger({ level: 'silent' }))({ query: VALIDATE }, context)
}

test('a spent code reaches the client as a grant with its end', async () => {
  const response = await execute({
    kind: 'valid',
    grant: 'a.b.c',
    expiresAt: new Date('2030-01-01T00:05:00Z'),
  })

  expect(response).toEqual({
    data: {
      validateOtp: {
        valid: true,
        grant: 'a.b.c',
        grantExpiresAt: '2030-01-01T00:05:00.000Z',
        attemptsRemaining: null,
        userErrors: [],
      },
    },
  })
})

test.each([
  ['INVALID_CODE', 3, ['code']],
  ['EXPIRED', null, ['challengeId']],
  ['TOO_MANY_ATTEMPTS', 0, ['challengeId']],
] as const)(
  'the refusal %s reaches the client as data, not as an error',
  async (reason, attemptsRemaining, field) => {
    const response = await execute({ kind: 'refused', reason, attemptsRemaining })

    expect(response.data).toEqual({
      validateOtp: {
        valid: false,
        grant: null,
        grantExpiresAt: null,
        attemptsRemaining,
        userErrors: [{ code: reason, field }],
      },
    })
  },
)
