import { Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { readTwoWayPage, twoWayConnectionOf } from '../../shared/graphql/connection.js'
import type { UsersContext } from '../context.js'
import { Count, UserConnection, UsersArgs } from '../schema/users.js'
import { toUser } from './to-user.js'

@Resolver(() => UserConnection)
export class UsersResolver {
  @Directive('@requiresScopes(scopes: [["users:read"]])')
  @Query(() => UserConnection, {
    description: 'Accounts, paged both ways: `first` and `after`, or `last` and `before`',
  })
  async users(
    @Args(() => UsersArgs) { filter, orderBy, ...args }: UsersArgs,
    @Ctx() { users, describeRole }: UsersContext,
  ): Promise<UserConnection> {
    const page = readTwoWayPage(args)
    const listed = await users.list({ page, filter: filter ?? {}, order: orderBy ?? null })
    if (listed.kind === 'refused') throw new AppError('BAD_USER_INPUT', { field: listed.field })

    const { edges, pageInfo } = twoWayConnectionOf(listed.accounts, page, listed.cursorOf)
    const shown = edges.map(({ cursor, node }) => ({ cursor, node: toUser(node, describeRole) }))
    return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo, count: listed.count }
  }

  @FieldResolver(() => Count, { description: 'Capped; exact only when `isExact`' })
  totalCount(@Root() { count }: UserConnection): Promise<Count> {
    return count()
  }
}
