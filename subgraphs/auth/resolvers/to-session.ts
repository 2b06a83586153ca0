import type { Viewer } from '../../shared/identity/viewer.js'
import type { Session as Row } from '../domain/ports.js'
import type { Session } from '../schema/session.js'

/** The one place where a row becomes a `Session`. */
export const toSession = (row: Row, viewer: Viewer | null): Session => ({
  id: row.id,
  user: { id: row.userId },
  isCurrent: row.id === viewer?.sessionId,
  state: row.state,
  assurance: row.assurance,
  methods: row.methods,
  device: row.device,
  ip: row.ip,
  createdAt: row.createdAt,
  lastSeenAt: row.lastSeenAt,
  idleExpiresAt: row.idleExpiresAt,
  absoluteExpiresAt: row.absoluteExpiresAt,
  authenticatedAt: row.authenticatedAt,
})
