import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

export type Reply = { status?: number; headers?: OutgoingHttpHeaders; body: unknown }
export type Asked = {
  operation: string
  variables: { input?: Record<string, unknown> }
  headers: IncomingHttpHeaders
}

/** The one session there is; its tokens are told apart by their number. */
type State = { made: number; userId: string; access: string | null; refresh: string | null }

const LIFETIME_MS = 300_000
const COOKIE = 'usergraph-refresh'

/** The router's form of a request that was refused whole. */
export const refused = (status: number, code: string, details: Record<string, unknown> = {}): Reply => ({
  status,
  body: { errors: [{ message: code, extensions: { code, requestId: 'req-1', ...details } }] },
})

export function createAccounts() {
  const state: State = { made: 0, userId: 'usr_ada', access: null, refresh: null }

  return {
    answer(asked: Asked): Reply {
      const bearer = asked.headers.authorization?.replace('Bearer ', '') ?? null
      // A bad token is refused also where none would do.
      if (bearer !== null && bearer !== state.access) return refused(401, 'UNAUTHENTICATED')

      const anonymous = ANONYMOUS[asked.operation]
      if (anonymous) return anonymous(state, asked)
      if (bearer === null) return refused(401, 'UNAUTHENTICATED')
      if (asked.operation === 'CompleteStepUp') return completeStepUp(state, asked)
      return { body: { data: { me: { id: state.userId } } } }
    },
    /** As when it has expired. */
    endAccess: () => Object.assign(state, { access: null }),
    /** As when somebody has ended it from another device. */
    endSession: () => Object.assign(state, { access: null, refresh: null }),
    /** As when another tab has signed in as somebody else, with the same cookies. */
    becomeSomebodyElse: () => Object.assign(state, { access: null, userId: 'usr_eve' }),
  }
}

const ANONYMOUS: Record<string, (state: State, asked: Asked) => Reply> = {
  Login(state, { variables: { input } }) {
    if (input?.['password'] !== 'right') {
      return { body: { data: { login: { result: null, userErrors: [problem('INVALID_CREDENTIALS')] } } } }
    }
    const { tokens, headers } = issue(state, input['tokenDelivery'])
    const session = sessionOf(state)
    const result = { __typename: 'LoginSuccess', tokens, session, user: null, isNewDevice: true }
    return { headers, body: { data: { login: { result, userErrors: [] } } } }
  },

  RefreshToken(state, { variables, headers }) {
    const inBody = variables.input?.['refreshToken']
    const inCookie = headers.cookie?.split(`${COOKIE}=`)[1]
    if (state.refresh === null || (inBody ?? inCookie) !== state.refresh) {
      const payload = { tokens: null, session: null, userErrors: [problem('EXPIRED')] }
      return { body: { data: { refreshToken: payload } } }
    }
    const issued = issue(state, inBody ? 'BODY' : 'COOKIE')
    const payload = { tokens: issued.tokens, session: sessionOf(state), userErrors: [] }
    return { headers: issued.headers, body: { data: { refreshToken: payload } } }
  },

  Logout(state) {
    Object.assign(state, { access: null, refresh: null })
    return {
      headers: { 'set-cookie': `${COOKIE}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/` },
      body: { data: { logout: { loggedOut: true, userErrors: [] } } },
    }
  },

  PasswordPolicy: () => ({ body: { data: { passwordPolicy: { minLength: 8 } } } }),
}

function completeStepUp(state: State, { variables: { input }, headers }: Asked): Reply {
  if (input?.['password'] !== 'right') {
    const payload = { tokens: null, session: null, userErrors: [problem('WRONG_PASSWORD')] }
    return { body: { data: { completeStepUp: payload } } }
  }
  const issued = issue(state, headers.cookie ? 'COOKIE' : 'BODY')
  const payload = { tokens: issued.tokens, session: sessionOf(state), userErrors: [] }
  return { headers: issued.headers, body: { data: { completeStepUp: payload } } }
}

function issue(state: State, delivery: unknown) {
  state.made += 1
  state.access = `access-${state.made}`
  state.refresh = `refresh-${state.made}`
  const inBody = delivery === 'BODY'
  const tokens = {
    accessToken: state.access,
    accessTokenExpiresAt: new Date(Date.now() + LIFETIME_MS).toISOString(),
    refreshToken: inBody ? state.refresh : null,
    deviceToken: inBody && state.made === 1 ? 'device-1' : null,
  }
  return { tokens, headers: inBody ? {} : { 'set-cookie': `${COOKIE}=${state.refresh}; HttpOnly; Path=/` } }
}

const sessionOf = ({ userId }: State) => ({ id: 'ses_1', user: { id: userId } })

const problem = (code: string) => ({ code, message: code, field: null, retryAfter: null })
