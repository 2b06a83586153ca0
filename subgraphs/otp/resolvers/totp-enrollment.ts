import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { userError } from '../../shared/graphql/user-error.js'
import { looksLikeToken } from '../../shared/secrets/token.js'
import type { OtpContext } from '../context.js'
import {
  BeginTotpEnrollmentInput,
  BeginTotpEnrollmentPayload,
  ConfirmTotpEnrollmentInput,
  MfaPayload,
} from '../schema/mfa.js'
import { proveFresh } from './fresh-proof.js'
import { changed, refused } from './mfa-payload.js'

/** Public by the schema, since who comes with a ticket is not signed in; who comes without one is asked for a fresh proof here. */
@Resolver()
export class TotpEnrollmentResolver {
  @Directive('@credential')
  @Directive('@public')
  @Directive('@rateLimit(max: 60, window: "10m", by: ["ip"])')
  @Mutation(() => BeginTotpEnrollmentPayload, {
    description:
      'Shows a secret to an authenticator app. It counts for nothing until a code of the app confirms it. Signed in with a fresh proof, or with the ticket of MfaEnrollmentRequired.',
  })
  async beginTotpEnrollment(
    @Arg('input', () => BeginTotpEnrollmentInput, { nullable: true }) input: BeginTotpEnrollmentInput | null,
    @Ctx() context: OtpContext,
  ): Promise<BeginTotpEnrollmentPayload> {
    const ticket = input?.loginTicket ?? null
    if (ticket === null) {
      const { userId } = await proveFresh(context)
      return { ...(await context.mfa.begin(userId)), userErrors: [] }
    }
    const begun = looksLikeToken(ticket) ? await context.mfa.atSignIn.begin(ticket) : NO_TICKET
    return begun.kind === 'refused'
      ? { ...NOTHING, userErrors: begun.problems.map(userError) }
      : { ...begun, userErrors: [] }
  }

  @Directive('@credential')
  @Directive('@public')
  @Directive('@rateLimit(max: 60, window: "10m", by: ["ip"])')
  @Mutation(() => MfaPayload, {
    description:
      'From now on a code of the app is asked for at each sign-in. An app that was there before counts no more; by the ticket of a sign-in there must be none.',
  })
  async confirmTotpEnrollment(
    @Arg('input', () => ConfirmTotpEnrollmentInput) input: ConfirmTotpEnrollmentInput,
    @Ctx() context: OtpContext,
  ): Promise<MfaPayload> {
    const { enrollmentId, code, loginTicket: ticket } = input
    if (ticket) return confirmAtSignIn(context, { enrollmentId, code, ticket })
    const { userId } = await proveFresh(context)
    const typed = { userId, enrollmentId, code, isFirst: false }
    const result = await context.mfa.confirm(typed, actorOf(context))
    if (result.kind === 'refused') return refused(result.problems)
    const { recoveryCodes } = result
    return { user: changed(context, userId), recoveryCodes, grant: null, userErrors: [] }
  }
}

/** Nobody is signed in by it yet, so there is no user to be shown. */
async function confirmAtSignIn(
  context: OtpContext,
  typed: { enrollmentId: string; code: string; ticket: string },
): Promise<MfaPayload> {
  const { atSignIn } = context.mfa
  const result = looksLikeToken(typed.ticket) ? await atSignIn.confirm(typed, actorOf(context)) : NO_TICKET
  if (result.kind === 'refused') return refused(result.problems)
  return { user: null, recoveryCodes: result.recoveryCodes, grant: result.grant, userErrors: [] }
}

const NOTHING = { enrollmentId: null, secret: null, otpauthUri: null, qrSvg: null }

const NO_TICKET: { kind: 'refused'; problems: Problem[] } = {
  kind: 'refused',
  problems: [{ code: 'EXPIRED', field: ['loginTicket'] }],
}
