import { coversScopes } from '../../shared/identity/scopes.js'
import { someActor } from '../../shared/test/requests.js'
import type { Session } from './ports.js'
import { makeRevokeSessions } from './revoke-sessions.js'

const ADA = { userId: 'usr_ada', sessionId: 'ses_here', scopes: [] as string[] }
const SUPPORT = { userId: 'usr_sue', sessionId: 'ses_sue', scopes: ['users:read', 'sessions:write'] }
const SCOPES: Record<string, string[]> = { usr_ada: [], usr_admin: ['users:read', 'roles:write'] }
const notFound = (field: string) => ({ kind: 'refused', problems: [{ code: 'NOT_FOUND', field: [field] }] })

/** A store in which this many sessions are open, and this one is known however it ended. */
function revoke({
  open = [],
  known = null,
}: {
  open?: string[]
  known?: Pick<Session, 'userId'> | null
} = {}) {
  return makeRevokeSessions({
    sessions: {
      endOwn: async (userId, id) => open.includes(id) && (known === null || known.userId === userId),
      endOthers: async (_, kept) => open.filter((id) => id !== kept),
      endAll: async () => open,
      find: async () => known as Session | null, // the owner is all that is read
    },
    covers: coversScopes,
    getAccount: async (id) => (SCOPES[id] ? { id, scopes: SCOPES[id] } : null),
  })
}

test('ends a session of the one who asks', async () => {
  expect(await revoke({ open: ['ses_phone'] }).one(ADA, 'ses_phone', someActor())).toEqual({
    kind: 'revoked',
    sessionIds: ['ses_phone'],
  })
})

test('ending what has ended is no error, and ends nothing', async () => {
  expect(await revoke({ known: ADA }).one(ADA, 'ses_phone', someActor())).toEqual({
    kind: 'revoked',
    sessionIds: [],
  })
})

test("1.3: somebody else's session is answered as one that never was", async () => {
  expect(await revoke({ known: { userId: 'usr_bob' } }).one(ADA, 'ses_bobs', someActor())).toEqual(
    notFound('id'),
  )
  expect(await revoke().one(ADA, 'ses_bobs', someActor())).toEqual(notFound('id'))
})

test('ends all others and keeps the one that asks', async () => {
  expect(await revoke({ open: ['ses_here', 'ses_phone'] }).others(ADA, someActor())).toEqual({
    kind: 'revoked',
    sessionIds: ['ses_phone'],
  })
})

test('tells somebody without sessions from somebody who is not there', async () => {
  expect(await revoke({ open: ['ses_here'] }).allOf('usr_ada', SUPPORT.scopes, someActor())).toMatchObject({
    sessionIds: ['ses_here'],
  })
  expect(await revoke().allOf('usr_ada', SUPPORT.scopes, someActor())).toEqual({
    kind: 'revoked',
    sessionIds: [],
  })
  expect(await revoke().allOf('usr_nobody', SUPPORT.scopes, someActor())).toEqual(notFound('userId'))
})

test("5.4: who may end anybody's sessions ends one of somebody's, once", async () => {
  const open = revoke({ open: ['ses_adas'], known: { userId: 'usr_ada' } })
  const over = revoke({ known: { userId: 'usr_ada' } })

  expect(await open.one(SUPPORT, 'ses_adas', someActor())).toEqual({
    kind: 'revoked',
    sessionIds: ['ses_adas'],
  })
  expect(await over.one(SUPPORT, 'ses_adas', someActor())).toEqual({ kind: 'revoked', sessionIds: [] })
  expect(await revoke().one(SUPPORT, 'ses_nobodys', someActor())).toEqual(notFound('id'))
})

test('nobody ends sessions of somebody who may do more', async () => {
  const ofAdmin = revoke({ open: ['ses_admins'], known: { userId: 'usr_admin' } })

  await expect(ofAdmin.one(SUPPORT, 'ses_admins', someActor())).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(ofAdmin.allOf('usr_admin', SUPPORT.scopes, someActor())).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})
