import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import type { ReferenceResolver } from '../../shared/graphql/build-subgraph.js'
import { connectionOf, readPage } from '../../shared/graphql/connection.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { UsersContext } from '../context.js'
import type { AuditEvent as Row } from '../domain/audit-ports.js'
import { AuditEvent, AuditEventConnection, AuditLogFilter } from '../schema/audit-log.js'
import { User } from '../schema/user.js'
import { loadUser } from './user.js'

const isEventId = (id: string): boolean => isId(ID_PREFIXES.auditEvent, id)

@Resolver(() => User)
export class AuditLogResolver {
  @Directive('@requiresScopes(scopes: [["audit:read"]])')
  @Query(() => AuditEventConnection, { description: 'Everything that was done here, newest first' })
  async auditLog(
    @Arg('first', () => Int, { nullable: true }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('filter', () => AuditLogFilter, { nullable: true }) filter: AuditLogFilter | null,
    @Ctx() { audit }: UsersContext,
  ): Promise<AuditEventConnection> {
    const page = readPage({ first, after }, isEventId)
    const read = await audit.all(page, filter ?? {})
    if (read.kind === 'refused') throw new AppError('BAD_USER_INPUT', { field: `filter.${read.field}` })
    return connectionOf(read.events.map(toAuditEvent), page)
  }

  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @FieldResolver(() => AuditEventConnection, {
    name: 'auditLog',
    nullable: true,
    description: 'What was done to this account, newest first',
  })
  async auditLogOfUser(
    @Root() { id }: User,
    @Arg('first', () => Int, { nullable: true }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() { audit, viewer }: UsersContext,
  ): Promise<AuditEventConnection> {
    const page = readPage({ first, after }, isEventId)
    return connectionOf((await audit.ofSubject(viewer, id, page)).map(toAuditEvent), page)
  }
}

@Resolver(() => AuditEvent)
export class AuditEventResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: 'Null for nobody known, and for an erased account',
  })
  actor(@Root() { actorId }: AuditEvent, @Ctx() context: UsersContext): Promise<User | null> | null {
    return actorId === null ? null : loadUser(actorId, context)
  }

  @FieldResolver(() => User, { nullable: true })
  subject(@Root() { subjectId }: AuditEvent, @Ctx() context: UsersContext): Promise<User | null> | null {
    return subjectId === null ? null : loadUser(subjectId, context)
  }
}

export const auditEventByReference: ReferenceResolver<UsersContext> = async ({ id }, { audit, viewer }) => {
  const event = isEventId(id) ? await audit.one(viewer, id) : null
  return event && toAuditEvent(event)
}

const toAuditEvent = (event: Row): AuditEvent => ({
  id: event.id,
  action: event.action,
  at: event.at,
  actorId: event.actorId,
  subjectId: event.subjectId,
  ip: event.personal?.ip ?? null,
  userAgent: event.personal?.userAgent ?? null,
  client: event.client,
  outcome: event.outcome,
  detail: event.detail,
  chain: event.chain,
  previousHash: hex(event.previousHash),
  hash: hex(event.hash),
})

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
