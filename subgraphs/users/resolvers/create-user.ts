import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import * as z from 'zod'
import { AppError } from '../../shared/errors/app-error.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { requireProof } from '../../shared/graphql/require-proof.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import { CreateUserInput, CreateUserPayload } from '../schema/create-user.js'
import { loadUser } from './user.js'

/** What is given again to who repeats a request under its `Idempotency-Key`. */
const Created = z.object({ kind: z.literal('created'), userId: z.string() })

@Resolver()
export class CreateUserResolver {
  @Directive('@requiresScopes(scopes: [["users:write"]])')
  @Mutation(() => CreateUserPayload, {
    description:
      'An account for somebody else, who takes it over from their mailbox and chooses the password.',
  })
  async createUser(
    @Arg('input', () => CreateUserInput) input: CreateUserInput,
    @Ctx() context: UsersContext,
  ): Promise<CreateUserPayload> {
    if (input.roles && input.roles.length > 0) requireRoleRights(context)

    const asker = { scopes: context.viewer?.scopes ?? [], by: actorOf(context) }
    const act = () => context.users.createUser(input, asker)
    const result = await context.once(context, { operation: 'createUser', input, remembers: Created, act })

    switch (result.kind) {
      case 'created':
        return { user: await loadUser(result.userId, context), userErrors: [] }
      case 'refused':
        return { user: null, userErrors: result.problems.map(userError) }
      case 'forbidden':
        throw new AppError('FORBIDDEN')
    }
  }
}

/** What `assignRole` asks for, since it comes to the same (SECURITY 5.5). */
function requireRoleRights(context: UsersContext): void {
  if (!context.viewer?.scopes.includes('roles:write')) throw new AppError('FORBIDDEN')
  requireProof(context)
}
