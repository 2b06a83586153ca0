import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import { connectionOf, readPage } from '../../shared/graphql/connection.js'
import { personOrNull } from '../../shared/graphql/person.js'
import { DateTime } from '../../shared/graphql/scalars.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { AuthContext } from '../context.js'
import { SessionState } from '../schema/enums.js'
import { Session, SessionConnection } from '../schema/session.js'
import { User } from '../schema/user.js'
import { toSession } from './to-session.js'

@Resolver(() => User)
export class UserResolver {
  @Directive('@shareable')
  @Directive('@authenticated')
  @Query(() => User, { nullable: true })
  me(@Ctx() context: AuthContext): User | null {
    const person = personOrNull(context)
    return person && { id: person.userId }
  }

  @Directive('@authenticated')
  @Query(() => Session, { nullable: true })
  async currentSession(@Ctx() context: AuthContext): Promise<Session | null> {
    const person = personOrNull(context)
    const row = person && (await context.auth.sessions.find(person.sessionId))
    return row && toSession(row, person)
  }

  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @FieldResolver(() => SessionConnection, { nullable: true })
  async sessions(
    @Root() { id }: User,
    @Arg('first', () => Int, { nullable: true }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('state', () => SessionState, { nullable: true, defaultValue: 'ACTIVE' })
    state: keyof typeof SessionState | null,
    @Ctx() { sessionsOf, viewer }: AuthContext,
  ): Promise<SessionConnection> {
    const page = readPage({ first, after }, (cursor) => isId(ID_PREFIXES.session, cursor))
    const rows = isId(ID_PREFIXES.user, id) ? await sessionsOf.load({ userId: id, state, ...page }) : []
    return connectionOf(
      rows.map((row) => toSession(row, viewer)),
      page,
    )
  }

  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @FieldResolver(() => DateTime, { nullable: true })
  async lastSignInAt(@Root() { id }: User, @Ctx() { lastSignIns }: AuthContext): Promise<Date | null> {
    return isId(ID_PREFIXES.user, id) ? lastSignIns.load(id) : null
  }
}

/** A session by reference: one's own, or anyone's for those who may read people; else as if it did not exist. */
export async function loadSession(id: string, { sessionById, viewer }: AuthContext): Promise<Session | null> {
  const row = viewer && isId(ID_PREFIXES.session, id) ? await sessionById.load(id) : null
  const visible = row && (row.userId === viewer?.userId || viewer?.scopes.includes('users:read'))
  return visible ? toSession(row, viewer) : null
}
