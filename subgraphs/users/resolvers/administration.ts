import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { requireProof } from '../../shared/graphql/require-proof.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import { DisableUserInput, UpdateUserInput, UserPayload } from '../schema/administration.js'
import { UpdateProfilePayload } from '../schema/profile.js'
import { toUser } from './to-user.js'

type Result =
  | Awaited<ReturnType<UsersContext['users']['administration']['enable']>>
  | Awaited<ReturnType<UsersContext['users']['updateUser']>>

@Resolver()
export class AdministrationResolver {
  @Directive('@requiresScopes(scopes: [["roles:write"]])')
  @Directive('@assurance')
  @Mutation(() => UserPayload, {
    description: 'Tokens from before are refused within 5 seconds; the next has what the role allows.',
  })
  async assignRole(
    @Arg('userId', () => ID) userId: string,
    @Arg('role', () => String) role: string,
    @Ctx() context: UsersContext,
  ): Promise<UserPayload> {
    return payloadOf(await context.users.administration.assignRole(userId, role, askerOf(context)), context)
  }

  @Directive('@requiresScopes(scopes: [["roles:write"]])')
  @Directive('@assurance')
  @Mutation(() => UserPayload, { description: 'Never takes the last administrator: LAST_ADMIN.' })
  async unassignRole(
    @Arg('userId', () => ID) userId: string,
    @Arg('role', () => String) role: string,
    @Ctx() context: UsersContext,
  ): Promise<UserPayload> {
    return payloadOf(await context.users.administration.unassignRole(userId, role, askerOf(context)), context)
  }

  @Directive('@requiresScopes(scopes: [["users:write"]])')
  @Mutation(() => UserPayload, { description: 'Ends every session, and lets nobody in until it ends.' })
  async disableUser(
    @Arg('input', () => DisableUserInput) input: DisableUserInput,
    @Ctx() context: UsersContext,
  ): Promise<UserPayload> {
    return payloadOf(await context.users.administration.disable(input, askerOf(context)), context)
  }

  @Directive('@requiresScopes(scopes: [["users:write"]])')
  @Mutation(() => UserPayload)
  async enableUser(@Arg('id', () => ID) id: string, @Ctx() context: UsersContext): Promise<UserPayload> {
    return payloadOf(await context.users.administration.enable(id, askerOf(context)), context)
  }

  @Directive('@requiresScopes(scopes: [["users:write"]])')
  @Mutation(() => UpdateProfilePayload)
  async updateUser(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateUserInput) input: UpdateUserInput,
    @Ctx() context: UsersContext,
  ): Promise<UpdateProfilePayload> {
    if (NEEDS_PROOF.some((field) => input[field] != null)) requireProof(context)
    return payloadOf(await context.users.updateUser(id, input, askerOf(context)), context)
  }
}

/** Whoever sets an address may take an account over (SECURITY 5.5). */
const NEEDS_PROOF = ['email', 'emailVerified', 'phoneNumber', 'phoneNumberVerified'] as const

const askerOf = (context: UsersContext) => ({
  scopes: context.viewer?.scopes ?? [],
  by: actorOf(context),
})

function payloadOf(result: Result, { describeRole }: UsersContext): UserPayload {
  switch (result.kind) {
    case 'done':
      return {
        user: toUser(result.account, describeRole),
        userErrors: 'problems' in result ? result.problems.map(userError) : [],
      }
    case 'refused':
      return { user: null, userErrors: result.problems.map(userError) }
    case 'forbidden':
      throw new AppError('FORBIDDEN')
  }
}
