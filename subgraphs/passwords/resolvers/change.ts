import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { PasswordsContext } from '../context.js'
import { ChangePasswordInput, ChangePasswordPayload, SetPasswordInput } from '../schema/change.js'
import { referToUser } from './user.js'

@Resolver()
export class ChangeResolver {
  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => ChangePasswordPayload, {
    description: 'The current password counts among the tries at the sign-in. The owner is told by mail.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput) input: ChangePasswordInput,
    @Ctx() context: PasswordsContext,
  ): Promise<ChangePasswordPayload> {
    const { currentPassword, newPassword } = input
    return payloadOf(
      await context.passwords.own.change(
        personOf(context),
        { currentPassword, newPassword },
        actorOf(context),
      ),
    )
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => ChangePasswordPayload, {
    description: 'For an account without a password: ALREADY_ENROLLED where there is one.',
  })
  async setPassword(
    @Arg('input', () => SetPasswordInput) { newPassword }: SetPasswordInput,
    @Ctx() context: PasswordsContext,
  ): Promise<ChangePasswordPayload> {
    return payloadOf(await context.passwords.own.set(personOf(context), newPassword, actorOf(context)))
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => ChangePasswordPayload, {
    description:
      'For who signs in by a code from then on: LAST_CREDENTIAL where none can be sent to them. Every other session ends.',
  })
  async removePassword(@Ctx() context: PasswordsContext): Promise<ChangePasswordPayload> {
    return payloadOf(await context.passwords.own.remove(personOf(context), actorOf(context)))
  }

  @Directive('@requiresScopes(scopes: [["users:write"]])')
  @Mutation(() => ChangePasswordPayload, {
    description:
      'Has somebody choose another password at their next sign-in with it; `mustChange` says so to their frontend. Their sessions go on until then.',
  })
  async requirePasswordChange(
    @Arg('userId', () => ID) userId: string,
    @Arg('reason', () => String, {
      nullable: true,
      description: 'Stays in the audit log: nothing personal',
    })
    reason: string | null,
    @Ctx() context: PasswordsContext,
  ): Promise<ChangePasswordPayload> {
    const asker = { scopes: context.viewer?.scopes ?? [], by: actorOf(context) }
    const result = await context.passwords.requireChange(userId, reason ?? null, asker)
    switch (result.kind) {
      case 'required':
        return { user: referToUser(userId), revokedSessionCount: null, userErrors: [] }
      case 'refused':
        return { ...NOTHING, userErrors: result.problems.map(userError) }
      case 'forbidden':
        throw new AppError('FORBIDDEN')
    }
  }
}

type Result = Awaited<ReturnType<PasswordsContext['passwords']['own']['change']>>

const NOTHING = { user: null, revokedSessionCount: null }

function payloadOf(result: Result): ChangePasswordPayload {
  switch (result.kind) {
    case 'changed':
      return {
        ...{ user: referToUser(result.userId), revokedSessionCount: result.revokedSessions },
        userErrors: [],
      }
    case 'refused':
      return { ...NOTHING, userErrors: result.problems.map(userError) }
  }
}
