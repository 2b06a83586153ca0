import { randomUUID } from 'node:crypto'
import type { Actor } from '../audit/act.js'
import type { Caller, Viewer } from '../identity/viewer.js'
import { ID_PREFIXES, newId } from '../ids/type-id.js'

export const someViewer = (changes: Partial<Viewer> = {}): Viewer => ({
  userId: 'usr_01jzzzzzzzffrtzzzzzzzzzzzz',
  sessionId: 'ses_01jzzzzzzzffrtzzzzzzzzzzzz',
  scopes: [],
  methods: ['pwd'],
  authenticatedAt: 0,
  assurance: 'aal1',
  stepUp: { methods: ['PASSWORD'], assurance: 'aal1' },
  clientId: 'web',
  ...changes,
})

export const someCaller = (changes: Partial<Caller> = {}): Caller => ({
  requestId: randomUUID(),
  viewer: null,
  clientIp: '198.51.100.7',
  userAgent: 'jest',
  origin: null,
  ...changes,
})

export const someUserId = (): string => newId(ID_PREFIXES.user)

/** A visitor, as the audit log knows one. */
export const someActor = (changes: Partial<Actor> = {}): Actor => ({
  userId: null,
  client: null,
  ip: '198.51.100.7',
  userAgent: 'jest',
  ...changes,
})
