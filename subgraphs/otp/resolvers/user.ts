import { Ctx, Directive, Query, Resolver } from 'type-graphql'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { OtpContext } from '../context.js'
import { User } from '../schema/user.js'

@Resolver()
export class UserResolver {
  @Directive('@shareable')
  @Directive('@authenticated')
  @Query(() => User, { nullable: true })
  me(@Ctx() { viewer }: OtpContext): User | null {
    return viewer && referToUser(viewer.userId)
  }
}

/** How a reference from another subgraph becomes a `User`; null for what is no person's id, a machine client's too. */
export const referToUser = (id: string): User | null => (isId(ID_PREFIXES.user, id) ? { id } : null)
