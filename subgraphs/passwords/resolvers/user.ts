import { Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { PasswordsContext } from '../context.js'
import { type PasswordState, User } from '../schema/user.js'

@Resolver(() => User)
export class UserResolver {
  @Directive('@shareable')
  @Directive('@authenticated')
  @Query(() => User, { nullable: true })
  me(@Ctx() { viewer }: PasswordsContext): User | null {
    return viewer && referToUser(viewer.userId)
  }

  @FieldResolver()
  password(@Root() { id }: User, @Ctx() { passwordStates }: PasswordsContext): Promise<PasswordState> {
    return passwordStates.load(id)
  }
}

/** Whether there is such an account is users' to say; null for what is no id of a person, such as a machine client. */
export const referToUser = (id: string): User | null => (isId(ID_PREFIXES.user, id) ? { id } : null)
