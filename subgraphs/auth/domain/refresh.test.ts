import { randomBytes } from 'node:crypto'
import { ITSELF } from '../../shared/audit/act.js'
import { AppError } from '../../shared/errors/app-error.js'
import { someActor } from '../../shared/test/requests.js'
import type { Account, RefusedToken, Session } from './ports.js'
import { makeRefresh } from './refresh.js'
import { createRefreshTokens } from './refresh-token.js'

const ADA: Account = {
  id: 'usr_ada',
  status: 'ACTIVE',
  everVerified: true,
  requiresMfa: false,
  phoneNumberVerified: false,
  scopes: ['users:read'],
  sessionLife: 'LONG',
  claims: {},
  accessVersion: 0,
  factorVersion: 0,
  removedAtVersion: 0,
  factors: [],
  basicProofs: ['PASSWORD'],
}
const SESSION = { id: 'ses_ada', userId: 'usr_ada', state: 'ACTIVE', idleExpiresAt: new Date(0) } as Session // the rest is unread
const tokens = createRefreshTokens(new Uint8Array(32).fill(1))
const TOKEN = { session: randomBytes(16), secret: randomBytes(32) }
const NEXT = tokens.format(tokens.successor(TOKEN))
const EXPIRED = { kind: 'refused', problems: [{ code: 'EXPIRED' }] }

type World = {
  held: Session | null
  rotated: Session | null
  judged: RefusedToken
  account: Account | null | 'away'
  text: string | null
}

async function refreshed(world: Partial<World> = {}) {
  const { held, rotated, judged, account, text }: World = {
    held: SESSION,
    rotated: SESSION,
    judged: { kind: 'ended' },
    account: ADA,
    text: tokens.format(TOKEN),
    ...world,
  }
  const calls: unknown[][] = []
  const signed: unknown[] = []
  const refresh = makeRefresh({
    sessions: {
      find: async () => held,
      async rotate(rotation) {
        calls.push(['rotate', rotation])
        return rotated
      },
      async judgeRefused() {
        calls.push(['judge'])
        return judged
      },
      async end(id, reason) {
        calls.push(['end', id, reason])
        return true
      },
    },
    refreshTokens: tokens,
    sessionIdOf: () => 'ses_ada',
    getAccount: async () => {
      if (account === 'away') throw new AppError('SERVICE_UNAVAILABLE')
      return account
    },
    async sign(claims) {
      signed.push(claims.scopes)
      return { token: 'access', expiresAt: new Date(0) }
    },
  })
  const result = await refresh(text, someActor()).catch((error: unknown) => error)
  return { result, calls, signed, names: () => calls.map(([name]) => name) }
}

test('5.2: a current token is traded for its successor, by digest, in one call', async () => {
  const { result, calls } = await refreshed()

  expect(result).toMatchObject({ kind: 'refreshed', session: SESSION, tokens: { refreshToken: NEXT } })
  expect(calls).toEqual([
    [
      'rotate',
      {
        sessionId: 'ses_ada',
        ...{ life: 'LONG', removedAtVersion: 0 },
        from: tokens.digest(TOKEN),
        to: tokens.digest(tokens.successor(TOKEN)),
      },
    ],
  ])
})

test('5.3: who was given a role since, and has been signed in for longer than it allows, must sign in again', async () => {
  const { result, calls, signed } = await refreshed({
    account: { ...ADA, sessionLife: 'SHORTEST' },
    rotated: { ...SESSION, state: 'EXPIRED' },
  })

  expect(result).toEqual(EXPIRED)
  expect(calls).toEqual([['rotate', expect.objectContaining({ life: 'SHORTEST' })]])
  expect(signed).toEqual([])
})

test('5.2: a token whose answer was lost gets the same successor', async () => {
  const { result, names } = await refreshed({ rotated: null, judged: { kind: 'repeat', session: SESSION } })

  expect(result).toMatchObject({ kind: 'refreshed', tokens: { refreshToken: NEXT } })
  expect(names()).toEqual(['rotate', 'judge'])
})

test.each([
  ['is none any more once one was taken away', 4, 'AAL1'],
  ['still is when another was enrolled', 3, 'AAL2'],
])(
  '8.6: what a session has shown of a factor %s, also where the answer is given again',
  async (_, removedAtVersion, assurance) => {
    const before: Session = { ...SESSION, assurance: 'AAL2', factorVersion: 3 }
    const account = { ...ADA, factors: ['TOTP'] as const, factorVersion: 5, removedAtVersion }
    const withheld = { ...account, scopesWithoutMfa: [] }

    const { result, calls, signed } = await refreshed({
      ...{ account: withheld, rotated: null, judged: { kind: 'repeat', session: before } },
    })

    expect(calls[0]).toEqual(['rotate', expect.objectContaining({ removedAtVersion })])
    expect(result).toMatchObject({ session: { assurance } })
    expect(signed).toEqual([assurance === 'AAL2' ? ADA.scopes : []])
  },
)

test('5.2: any older token ends the session, and the answer does not tell why', async () => {
  const { result, calls } = await refreshed({ rotated: null, judged: { kind: 'reused', userId: 'usr_ada' } })

  expect(result).toEqual(EXPIRED)
  expect(calls.at(-1)).toEqual(['end', 'ses_ada', { reason: 'REUSE', by: someActor() }])
})

test.each([
  ['has ended', { ...SESSION, state: 'REVOKED' as const }],
  ['is not there', null],
])('a token of a session that %s is refused and ends nothing', async (_, held) => {
  const { result, calls } = await refreshed({ held })

  expect(result).toEqual(EXPIRED)
  expect(calls).toEqual([])
})

test('13.1: while users is away no token is spent, so that trying again is no theft', async () => {
  const { result, calls } = await refreshed({ account: 'away' })

  expect(result).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  expect(calls).toEqual([])
})

test('a token whose session ended meanwhile is refused and ends nothing', async () => {
  const { result, names } = await refreshed({ rotated: null })

  expect(result).toEqual(EXPIRED)
  expect(names()).toEqual(['rotate', 'judge'])
})

test.each([
  ['disabled', { ...ADA, status: 'DISABLED' as const }],
  ['locked', { ...ADA, status: 'LOCKED' as const }],
  ['gone', null],
])('4.5: the session of an account that is %s ends instead', async (_, account) => {
  const { result, calls, signed } = await refreshed({ account })

  expect(result).toEqual(EXPIRED)
  expect(calls.at(-1)).toEqual(['end', 'ses_ada', { reason: 'DISABLED', by: ITSELF }])
  expect(signed).toEqual([])
})

test('4.5: the new access token holds what the roles allow now', async () => {
  const { signed } = await refreshed({ account: { ...ADA, scopes: ['sessions:write'] } })

  expect(signed).toEqual([['sessions:write']])
})

test.each([
  ['no token', null],
  ['an empty one', ''],
  ['one we never made', `ugr_${'A'.repeat(86)}`],
])('%s is refused without asking the store', async (_, text) => {
  const { result, calls } = await refreshed({ text })

  expect(result).toEqual(EXPIRED)
  expect(calls).toEqual([])
})
