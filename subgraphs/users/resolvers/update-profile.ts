import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import { UpdateProfileInput, UpdateProfilePayload } from '../schema/profile.js'
import { toUser } from './to-user.js'

@Resolver()
export class UpdateProfileResolver {
  @Directive('@authenticated')
  @Mutation(() => UpdateProfilePayload, {
    description:
      'Changes the plain fields of the profile at once; contact changes have mutations of their own.',
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput) input: UpdateProfileInput,
    @Ctx() { users, viewer, describeRole }: UsersContext,
  ): Promise<UpdateProfilePayload> {
    if (!viewer) throw new AppError('UNAUTHENTICATED')
    const result = await users.updateProfile(viewer.userId, input)

    switch (result.kind) {
      case 'updated':
        return { user: toUser(result.account, describeRole), userErrors: [] }
      case 'refused':
        return { user: null, userErrors: result.problems.map(userError) }
    }
  }
}
