import type { Actor } from '../audit/act.js'
import { personOrNull } from './person.js'
import type { RequestContext } from './request-context.js'

/** Who asks, for the audit log. */
export const actorOf = ({ viewer, caller }: Pick<RequestContext, 'viewer' | 'caller'>): Actor => ({
  userId: personOrNull({ viewer })?.userId ?? null,
  client: viewer?.clientId ?? null,
  ip: caller.clientIp,
  userAgent: caller.userAgent,
})
