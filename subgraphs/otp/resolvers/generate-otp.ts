import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import * as z from 'zod'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import { networkKey } from '../../shared/limiter/network-key.js'
import type { OtpContext } from '../context.js'
import { GenerateOtpInput, GenerateOtpPayload } from '../schema/otp.js'

/** What is given again to who repeats a request under its `Idempotency-Key`. */
const SentCode = z.object({
  kind: z.literal('sent'),
  challengeId: z.string(),
  destinationMasked: z.string().nullable(),
  expiresAt: z.coerce.date(),
  resendAfter: z.number().nullable(),
})

@Resolver()
export class GenerateOtpResolver {
  @Directive('@credential')
  @Directive('@public')
  @Mutation(() => GenerateOtpPayload, {
    description: 'Makes a one-time code for a purpose and sends it.',
  })
  async generateOtp(
    @Arg('input', () => GenerateOtpInput) input: GenerateOtpInput,
    @Ctx() context: OtpContext,
  ): Promise<GenerateOtpPayload> {
    const { caller } = context
    const viewer = input.purpose === 'CUSTOM' ? personOf(context) : context.viewer
    const asker = {
      ...{ userId: viewer?.userId ?? null, sessionId: viewer?.sessionId ?? null },
      network: networkKey(caller.clientIp),
    }
    const act = () => context.otp.generateOtp(input, asker)
    const result = await context.once(context, { operation: 'generateOtp', input, remembers: SentCode, act })

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
