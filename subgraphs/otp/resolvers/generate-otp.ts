import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { userError } from '../../shared/graphql/user-error.js'
import type { OtpContext } from '../context.js'
import { GenerateOtpInput, GenerateOtpPayload } from '../schema/otp.js'

@Resolver()
export class GenerateOtpResolver {
  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => GenerateOtpPayload, {
    description: 'Makes a one-time code for a purpose and sends it.',
  })
  async generateOtp(
    @Arg('input', () => GenerateOtpInput) input: GenerateOtpInput,
    @Ctx() { otp }: OtpContext,
  ): Promise<GenerateOtpPayload> {
    const result = await otp.generateOtp(input)

    switch (result.kind) {
      case 'sent':
        return {
          challengeId: result.challengeId,
          destinationMasked: result.destinationMasked,
          expiresAt: result.expiresAt,
          resendAfter: result.resendAfter,
          userErrors: [],
        }
      case 'refused':
        return { ...NOTHING, userErrors: result.problems.map(userError) }
    }
  }
}

const NOTHING = { challengeId: null, destinationMasked: null, expiresAt: null, resendAfter: null }
