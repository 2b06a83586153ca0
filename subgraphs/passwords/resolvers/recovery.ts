import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import * as z from 'zod'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import { networkKey } from '../../shared/limiter/network-key.js'
import type { PasswordsContext } from '../context.js'
import {
  ForgotPasswordInput,
  ForgotPasswordPayload,
  ResetPasswordInput,
  ResetPasswordPayload,
} from '../schema/recovery.js'

/** What is given again to who repeats a request under its `Idempotency-Key`. */
const Accepted = z.object({
  kind: z.literal('accepted'),
  code: z
    .object({ challengeId: z.string(), expiresAt: z.coerce.date(), resendAfter: z.number().nullable() })
    .nullable(),
})

const NO_CODE = { challengeId: null, expiresAt: null, resendAfter: null }

@Resolver()
export class RecoveryResolver {
  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => ForgotPasswordPayload, {
    description: 'Starts recovery: a link or a one-time code, by e-mail or SMS.',
  })
  async forgotPassword(
    @Arg('input', () => ForgotPasswordInput) input: ForgotPasswordInput,
    @Ctx() context: PasswordsContext,
  ): Promise<ForgotPasswordPayload> {
    const asked = { ...input, resetUrl: input.resetUrl ?? null }
    const network = networkKey(context.caller.clientIp)
    const act = () => context.passwords.forgotPassword({ ...asked, network }, actorOf(context))
    const result = await context.once(context, {
      ...{ operation: 'forgotPassword', input: asked, remembers: Accepted, act },
    })

    switch (result.kind) {
      case 'accepted':
        return { ...(result.code ?? NO_CODE), accepted: true, userErrors: [] }
      case 'refused':
        return { ...NO_CODE, accepted: false, userErrors: result.problems.map(userError) }
    }
  }

  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => ResetPasswordPayload, {
    description: "Sets a new password with the link's token or a PASSWORD_RESET grant.",
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput) { token, grant, newPassword }: ResetPasswordInput,
    @Ctx() context: PasswordsContext,
  ): Promise<ResetPasswordPayload> {
    const reset = { token: token ?? null, grant: grant ?? null, newPassword }
    const result = await context.passwords.resetPassword(reset, actorOf(context))

    switch (result.kind) {
      case 'reset':
        return { passwordReset: true, revokedSessionCount: result.revokedSessions, userErrors: [] }
      case 'refused':
        return {
          ...{ passwordReset: false, revokedSessionCount: null },
          userErrors: result.problems.map(userError),
        }
    }
  }
}
