import type { GraphQLFormattedError } from 'graphql'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import { ERROR_MESSAGES, type ErrorCode } from '../../subgraphs/shared/errors/codes.js'
import { maskErrors, refusal } from './mask-errors.js'

function mask(error: GraphQLFormattedError) {
  const faults: GraphQLFormattedError[] = []
  const [masked] = maskErrors([error], 'r1', (fault) => faults.push(fault))
  return { masked, faults }
}

const CODES = Object.keys(ERROR_MESSAGES) as ErrorCode[]

test.each(CODES)('1.1: %s keeps its code, its path and nothing but its fixed words', (code) => {
  const { masked } = mask({
    message: 'relation "users" does not exist',
    path: ['me', 0],
    extensions: { code },
  })

  expect(masked).toEqual({
    message: ERROR_MESSAGES[code],
    path: ['me', 0],
    extensions: { code, requestId: 'r1' },
  })
})

test('1.2: what else an error carries stays here', () => {
  const { masked } = mask({
    message: 'secret',
    locations: [{ line: 1, column: 2 }],
    extensions: {
      code: 'RATE_LIMITED',
      retryAfterSeconds: 7,
      field: 'input.email',
      serviceName: 'auth',
      stacktrace: ['at /app'],
      exception: {},
      valueCompletion: [],
    },
  })

  expect(masked).toEqual({
    message: ERROR_MESSAGES.RATE_LIMITED,
    extensions: { code: 'RATE_LIMITED', requestId: 'r1', retryAfterSeconds: 7, field: 'input.email' },
  })
})

test('1.1: a step-up says which methods would do, and what else they hold stays here', () => {
  const details = { methods: ['TOTP', 'RECOVERY_CODE'], assurance: 'AAL2', maxAgeSeconds: 300 }
  const { masked } = mask({ message: '', extensions: { code: 'STEP_UP_REQUIRED', ...details } })
  const { masked: odd } = mask({
    message: '',
    extensions: {
      code: 'STEP_UP_REQUIRED',
      methods: ['sms to +49 170'],
      assurance: 'root',
      maxAgeSeconds: '9',
    },
  })

  expect(masked?.extensions).toEqual({ code: 'STEP_UP_REQUIRED', requestId: 'r1', ...details })
  expect(odd?.extensions).toEqual({ code: 'STEP_UP_REQUIRED', requestId: 'r1' })
})

test.each([
  { code: 'DOWNSTREAM_SERVICE_ERROR' },
  { code: 'toString' },
  { code: '__proto__' },
  { code: 42 },
  {},
  undefined,
])('1.2: an unknown code is a fault of ours and goes to the log: %p', (extensions) => {
  const { masked, faults } = mask({ message: 'pg: timeout', ...(extensions && { extensions }) })

  expect(masked).toEqual({
    message: ERROR_MESSAGES.INTERNAL_SERVER_ERROR,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'r1' },
  })
  expect(faults).toHaveLength(1)
})

test('details of another form are left out', () => {
  const { masked } = mask({
    message: '',
    extensions: { code: 'BAD_USER_INPUT', field: 'got "<script>"', retryAfterSeconds: 'soon' },
  })

  expect(masked?.extensions).toEqual({ code: 'BAD_USER_INPUT', requestId: 'r1' })
})

test('a refused request says the code, the request and when to come again', () => {
  expect(refusal(new AppError('RATE_LIMITED', { retryAfterSeconds: 3 }), 'r1')).toEqual({
    message: ERROR_MESSAGES.RATE_LIMITED,
    extensions: { code: 'RATE_LIMITED', requestId: 'r1', retryAfterSeconds: 3 },
  })
})
