import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import { actorOf } from '../../shared/graphql/actor.js'
import type { OtpContext } from '../context.js'
import {
  type MfaFactor,
  MfaPayload,
  MfaState,
  RecoveryCodesPayload,
  SetOtpFactorInput,
} from '../schema/mfa.js'
import { User } from '../schema/user.js'
import { proveFresh } from './fresh-proof.js'
import { changed, refused } from './mfa-payload.js'

@Resolver(() => User)
export class MfaResolver {
  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @FieldResolver(() => MfaState, { nullable: true })
  async mfa(@Root() { id }: User, @Ctx() { factorsOf }: OtpContext): Promise<MfaState> {
    const { totp, sms, recoveryCodes } = await factorsOf.load(id)
    const factors: MfaFactor[] = [
      ...(totp ? [{ kind: 'TOTP' as const, destinationMasked: null, ...totp }] : []),
      ...(sms ? [{ kind: 'SMS' as const, ...sms }] : []),
    ]
    return { userId: id, enabled: factors.length > 0, factors, recoveryCodesRemaining: recoveryCodes }
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => MfaPayload, { description: 'The recovery codes go with the last factor.' })
  async disableTotp(@Ctx() context: OtpContext): Promise<MfaPayload> {
    const { userId } = await proveFresh(context)
    const result = await context.mfa.removeTotp(userId, actorOf(context))
    if (result.kind === 'refused') return refused(result.problems)
    return { user: changed(context, userId), recoveryCodes: null, grant: null, userErrors: [] }
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => MfaPayload, {
    description:
      'Has a text to the proved number asked for as second factor, or no more. An app is the stronger one, and is the one that a fresh proof takes where there are both.',
  })
  async setOtpFactor(
    @Arg('input', () => SetOtpFactorInput) input: SetOtpFactorInput,
    @Ctx() context: OtpContext,
  ): Promise<MfaPayload> {
    const { userId } = await proveFresh(context)
    const result = await context.mfa.setOtpFactor(userId, input, actorOf(context))
    if (result.kind === 'refused') return refused(result.problems)
    const { recoveryCodes } = result
    return { user: changed(context, userId), recoveryCodes, grant: null, userErrors: [] }
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => RecoveryCodesPayload, { description: 'Ten new codes; the old ones are dead.' })
  async regenerateRecoveryCodes(@Ctx() context: OtpContext): Promise<RecoveryCodesPayload> {
    const { userId } = await proveFresh(context)
    const result = await context.mfa.renewRecoveryCodes(userId, actorOf(context))
    if (result.kind === 'refused') return refused(result.problems)
    return { user: changed(context, userId), recoveryCodes: result.recoveryCodes, userErrors: [] }
  }

  @Directive('@requiresScopes(scopes: [["mfa:reset"]])')
  @Directive('@assurance')
  @Mutation(() => MfaPayload, {
    description:
      'For somebody who has lost every factor: takes all of them away. They are told, and sign in with their password alone.',
  })
  async resetUserMfa(
    @Arg('userId', () => ID) userId: string,
    @Arg('reason', () => String, { description: 'Stays in the audit log: nothing personal' }) reason: string,
    @Ctx() context: OtpContext,
  ): Promise<MfaPayload> {
    const asker = { scopes: context.viewer?.scopes ?? [], by: actorOf(context) }
    const result = await context.mfa.reset({ userId, reason }, asker)
    if (result.kind === 'forbidden') throw new AppError('FORBIDDEN')
    if (result.kind === 'refused') return refused(result.problems)
    return { user: changed(context, userId), recoveryCodes: null, grant: null, userErrors: [] }
  }
}
