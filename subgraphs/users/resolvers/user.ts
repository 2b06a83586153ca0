import { Arg, Ctx, Directive, ID, Query, Resolver } from 'type-graphql'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { UsersContext } from '../context.js'
import { Role, User } from '../schema/user.js'
import { toUser } from './to-user.js'

@Resolver()
export class UserResolver {
  @Directive('@shareable')
  @Directive('@authenticated')
  @Query(() => User, {
    nullable: true,
    description:
      'Who is signed in. Shareable: each subgraph answers it from the viewer, so an account screen plans as one parallel hop.',
  })
  async me(@Ctx() context: UsersContext): Promise<User | null> {
    return context.viewer && loadUser(context.viewer.userId, context)
  }

  @Directive('@requiresScopes(scopes: [["users:read"]])')
  @Query(() => User, { nullable: true, description: 'One user by id.' })
  async user(@Arg('id', () => ID) id: string, @Ctx() context: UsersContext): Promise<User | null> {
    return loadUser(id, context)
  }

  @Directive('@requiresScopes(scopes: [["users:read"]])')
  @Query(() => [Role], { description: 'Every role there is, and what it allows.' })
  roles(@Ctx() { roleNames, describeRole }: UsersContext): Role[] {
    return roleNames.map(describeRole)
  }
}

/** An account by id, or null where there is none. Also how a reference from another subgraph becomes a `User`. */
export async function loadUser(id: string, { accounts, describeRole }: UsersContext): Promise<User | null> {
  const account = isId(ID_PREFIXES.user, id) ? await accounts.load(id) : null
  return account && toUser(account, describeRole)
}
