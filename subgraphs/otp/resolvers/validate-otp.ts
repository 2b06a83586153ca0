import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { OtpContext } from '../context.js'
import { ValidateOtpInput, ValidateOtpPayload } from '../schema/otp.js'

const DESCRIPTION =
  'Spends a one-time code. Success returns a single-use grant bound to purpose, subject and client; whoever acts on it checks it by JWKS and spends its `jti` in the transaction of the act.'

/** Where in the input each refusal belongs. */
const FIELDS = { INVALID_CODE: 'code', EXPIRED: 'challengeId', TOO_MANY_ATTEMPTS: 'challengeId' } as const

@Resolver()
export class ValidateOtpResolver {
  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => ValidateOtpPayload, { description: DESCRIPTION })
  async validateOtp(
    @Arg('input', () => ValidateOtpInput) input: ValidateOtpInput,
    @Ctx() context: OtpContext,
  ): Promise<ValidateOtpPayload> {
    const result = await context.otp.validateOtp(input, actorOf(context))

    switch (result.kind) {
      case 'valid':
        return {
          valid: true,
          grant: result.grant,
          grantExpiresAt: result.expiresAt,
          attemptsRemaining: null,
          userErrors: [],
        }
      case 'refused':
        return {
          valid: false,
          grant: null,
          grantExpiresAt: null,
          attemptsRemaining: result.attemptsRemaining,
          userErrors: [userError({ code: result.reason, field: [FIELDS[result.reason]] })],
        }
    }
  }
}
