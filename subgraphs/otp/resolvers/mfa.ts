import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql'
import { AppError } from '../../shared/errors/app-error.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { OtpContext } from '../context.js'
import {
  BeginTotpEnrollmentPayload,
  ConfirmTotpEnrollmentInput,
  type MfaFactor,
  MfaPayload,
  MfaState,
  RecoveryCodesPayload,
  SetOtpFactorInput,
} from '../schema/mfa.js'
import { User } from '../schema/user.js'
import { proveFresh } from './fresh-proof.js'

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
    return {
      enabled: factors.length > 0,
      factors,
      recoveryCodesRemaining: recoveryCodes,
      requiredByPolicy: false,
    }
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => BeginTotpEnrollmentPayload, {
    description:
      'Shows a secret to an authenticator app. It counts for nothing until a code of the app confirms it.',
  })
  async beginTotpEnrollment(@Ctx() context: OtpContext): Promise<BeginTotpEnrollmentPayload> {
    const { userId } = await proveFresh(context)
    return { ...(await context.mfa.begin(userId)), userErrors: [] }
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => MfaPayload, {
    description:
      'From now on a code of the app is asked for at each sign-in. An app that was there before counts no more.',
  })
  async confirmTotpEnrollment(
    @Arg('input', () => ConfirmTotpEnrollmentInput) { enrollmentId, code }: ConfirmTotpEnrollmentInput,
    @Ctx() context: OtpContext,
  ): Promise<MfaPayload> {
    const { userId } = await proveFresh(context)
    const result = await context.mfa.confirm({ userId, enrollmentId, code }, actorOf(context))
    if (result.kind === 'refused') return refused(result.problems)
    return { user: changed(context, userId), recoveryCodes: result.recoveryCodes, userErrors: [] }
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@assurance')
  @Mutation(() => MfaPayload, { description: 'The recovery codes go with the last factor.' })
  async disableTotp(@Ctx() context: OtpContext): Promise<MfaPayload> {
    const { userId } = await proveFresh(context)
    const result = await context.mfa.removeTotp(userId, actorOf(context))
    if (result.kind === 'refused') return refused(result.problems)
    return { user: changed(context, userId), recoveryCodes: null, userErrors: [] }
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
    return { user: changed(context, userId), recoveryCodes: result.recoveryCodes, userErrors: [] }
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
    return { user: changed(context, userId), recoveryCodes: null, userErrors: [] }
  }
}

/** What was read of this person before is not so any more. */
function changed({ factorsOf }: OtpContext, id: string): User {
  factorsOf.clear(id)
  return { id }
}

const refused = (problems: Problem[]) => ({
  user: null,
  recoveryCodes: null,
  userErrors: problems.map(userError),
})
