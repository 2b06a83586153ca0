import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import * as z from 'zod'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import type { UsersContext } from '../context.js'
import { RegisterInput, RegisterPayload } from '../schema/registration.js'
import { challengeOf } from './challenge-of.js'
import { loadUser } from './user.js'

const DESCRIPTION = `Creates a PENDING_VERIFICATION account and sends the welcome mail with the verification link
(or an SMS code for a phone). While verification is required (the default) a taken address gets the same answer as a
new one - \`user: null, nextStep: VERIFY_EMAIL\`, no userErrors - and the difference goes to the owner's mailbox.`

/** What is given again to who repeats a request under its `Idempotency-Key`. */
const Remembered = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pending') }),
  z.object({ kind: z.literal('done'), userId: z.string(), isUsernameTaken: z.boolean() }),
  z.object({
    kind: z.literal('texted'),
    nextStep: z.enum(['VERIFY_PHONE', 'VERIFY_EMAIL']).default('VERIFY_PHONE'),
    challengeId: z.string(),
    expiresAt: z.coerce.date(),
    resendAfter: z.number().nullable(),
  }),
])

const NOTHING = { user: null, nextStep: null, challengeId: null, challengeExpiresAt: null, resendAfter: null }

@Resolver()
export class RegisterResolver {
  @Directive('@credential')
  @Directive('@public')
  @Directive('@rateLimit(max: 10, window: "1h", by: ["ip"])')
  @Mutation(() => RegisterPayload, { description: DESCRIPTION })
  async register(
    @Arg('input', () => RegisterInput) input: RegisterInput,
    @Ctx() context: UsersContext,
  ): Promise<RegisterPayload> {
    const act = () => context.users.register(input, actorOf(context))
    const result = await context.once(context, { operation: 'register', input, remembers: Remembered, act })

    switch (result.kind) {
      case 'pending':
        return { ...NOTHING, nextStep: 'VERIFY_EMAIL', userErrors: [] }
      case 'done':
        return {
          ...{ ...NOTHING, user: await loadUser(result.userId, context), nextStep: 'DONE' },
          userErrors: result.isUsernameTaken ? [userError({ code: 'TAKEN', field: ['username'] })] : [],
        }
      case 'texted':
        return { ...NOTHING, nextStep: result.nextStep, ...challengeOf(result), userErrors: [] }
      case 'refused':
        return { ...NOTHING, userErrors: result.problems.map(userError) }
    }
  }
}
