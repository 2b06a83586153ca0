import * as z from 'zod'
import { defineEvent } from '../events/define-event.js'
import { ID_PREFIXES, isId } from '../ids/type-id.js'

const userId = z.string().refine((id) => isId(ID_PREFIXES.user, id), 'must be the id of a user')

/** Who did something, where an internal call has to say it. */
export const ActorGiven = z.object({
  userId: userId.nullable(),
  client: z.string().max(256).nullable(),
  ip: z.string().max(64).nullable(),
  userAgent: z.string().max(256).nullable(),
})

/** How often somebody was refused something in about a minute. */
export const Refusal = z.object({
  code: z.string().regex(/^[A-Z_]{1,40}$/),
  /** The first field that was asked for at the top; empty where that was not read. */
  field: z.string().regex(/^[A-Za-z0-9_]{0,100}$/),
  count: z.number().int().min(1),
  by: ActorGiven,
})

/** An act for the audit log (SECURITY 12.4). Any subgraph tells it, in the transaction of the act: `recordedAct`. */
export const auditRecorded = defineEvent(
  'audit.recorded',
  ['users'],
  z.object({
    action: z
      .string()
      .max(64)
      .regex(/^[a-z-]+\.[a-z-]+$/),
    outcome: z.enum(['SUCCESS', 'FAILURE']),
    at: z.iso.datetime(),
    actorId: userId.nullable(),
    subjectId: userId.nullable(),
    client: z.string().max(256).nullable(),
    /** Personal data: kept apart, so that it can be erased. */
    ip: z.string().max(64).nullable(),
    userAgent: z.string().max(256).nullable(),
    /** Codes, names of fields, counts, ids. It is kept for good: no personal data, no secret. */
    detail: z.record(z.string(), z.union([z.string().max(256), z.number(), z.boolean()])),
  }),
  { gathered: true },
)
