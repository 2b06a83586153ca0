import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import { UpdateProfilePayload } from '../schema/profile.js'
import { ChangeUsernameInput, UsernameAvailability } from '../schema/username.js'
import { toUser } from './to-user.js'

@Resolver()
export class UsernameResolver {
  @Directive('@public')
  @Query(() => UsernameAvailability, {
    description:
      'Says whether a username follows the rules, for a sign-up screen. Whether somebody has it is not told: that would list accounts.',
  })
  checkUsername(
    @Arg('username', () => String) username: string,
    @Ctx() { users }: UsersContext,
  ): UsernameAvailability {
    const acceptable = users.isUsernameAllowed(username)
    return { acceptable, reasons: acceptable ? [] : ['USERNAME_NOT_ALLOWED'] }
  }

  @Directive('@authenticated')
  @Directive('@rateLimit(max: 3, window: "30d")')
  @Mutation(() => UpdateProfilePayload, {
    description: 'A person picks another username; the old one stays reserved for 90 days.',
  })
  async changeUsername(
    @Arg('input', () => ChangeUsernameInput) { username }: ChangeUsernameInput,
    @Ctx() context: UsersContext,
  ): Promise<UpdateProfilePayload> {
    const { users, describeRole } = context
    const result = await users.changeUsername(personOf(context).userId, username, actorOf(context))

    switch (result.kind) {
      case 'changed':
        return { user: toUser(result.account, describeRole), userErrors: [] }
      case 'refused':
        return { user: null, userErrors: result.problems.map(userError) }
    }
  }
}
