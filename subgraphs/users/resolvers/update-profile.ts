import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import { UpdateProfileInput, UpdateProfilePayload } from '../schema/profile.js'
import { toUser } from './to-user.js'

@Resolver()
export class UpdateProfileResolver {
  @Directive('@authenticated')
  @Directive('@rateLimit(max: 60, window: "1h")')
  @Mutation(() => UpdateProfilePayload, {
    description:
      'Changes the plain fields of the profile at once; contact changes have mutations of their own.',
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput) input: UpdateProfileInput,
    @Ctx() context: UsersContext,
  ): Promise<UpdateProfilePayload> {
    const { users, describeRole } = context
    const result = await users.updateProfile(personOf(context).userId, input, actorOf(context))

    switch (result.kind) {
      case 'updated':
        return { user: toUser(result.account, describeRole), userErrors: [] }
      case 'refused':
        return { user: null, userErrors: result.problems.map(userError) }
    }
  }
}
