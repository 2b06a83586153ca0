import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { actorOf } from '../../shared/graphql/actor.js'
import { personOf } from '../../shared/graphql/person.js'
import { userError } from '../../shared/graphql/user-error.js'
import { proofLacking } from '../../shared/identity/assurance.js'
import { looksLikeToken } from '../../shared/secrets/token.js'
import type { AuthContext } from '../context.js'
import {
  BeginStepUpInput,
  BeginStepUpPayload,
  CompleteStepUpInput,
  CompleteStepUpPayload,
} from '../schema/step-up.js'
import { beginSession } from './begin-session.js'
import { toSession } from './to-session.js'

@Resolver()
export class StepUpResolver {
  @Directive('@authenticated')
  @Mutation(() => BeginStepUpPayload, {
    description: "Raise the session's assurance for a while (answers STEP_UP_REQUIRED)",
  })
  async beginStepUp(
    @Arg('input', () => BeginStepUpInput) input: BeginStepUpInput,
    @Ctx() context: AuthContext,
  ): Promise<BeginStepUpPayload> {
    const viewer = personOf(context)
    const begun = await context.auth.stepUp.begin(viewer, {
      assurance: input.assurance ?? null,
      maxAgeSeconds: input.maxAgeSeconds ?? null,
      isProved: (rule) => proofLacking(viewer, [rule]) === null,
    })

    switch (begun.kind) {
      case 'refused':
        return { stepUpTicket: null, methods: [], userErrors: begun.problems.map(userError) }
      case 'proved':
        return { stepUpTicket: null, methods: [], userErrors: [] }
      case 'begun':
        return { stepUpTicket: begun.ticket, methods: begun.methods, userErrors: [] }
    }
  }

  @Directive('@credential')
  @Directive('@authenticated')
  @Directive('@startsSession')
  @Mutation(() => CompleteStepUpPayload, {
    description:
      'Proves again who is signed in. The session goes on under a new id with fresh tokens; the one that asked ends.',
  })
  async completeStepUp(
    @Arg('input', () => CompleteStepUpInput) input: CompleteStepUpInput,
    @Ctx() context: AuthContext,
  ): Promise<CompleteStepUpPayload> {
    const { auth, caller, cookies } = context
    const shownDevice = cookies.deviceToken ?? ''
    const completed = await auth.stepUp.complete(personOf(context), {
      ticket: input.stepUpTicket,
      method: input.method,
      password: input.password ?? null,
      code: input.code ?? null,
      grant: input.grant ?? null,
      deviceToken: looksLikeToken(shownDevice) ? shownDevice : null,
      ip: caller.clientIp,
      by: actorOf(context),
    })

    switch (completed.kind) {
      case 'refused':
        return refused(completed.problems)
      case 'stepped-up': {
        const delivery = deliveryOf(context)
        const tokens = await beginSession(context, { ...completed, deviceToken: null, delivery })
        return { tokens, session: toSession(completed.session, context.viewer), userErrors: [] }
      }
    }
  }
}

/** As the session's own refresh token travels: whoever sends it as a cookie gets the next one as a cookie. */
const deliveryOf = ({ auth, caller, cookies }: AuthContext) =>
  cookies.refreshToken || !auth.mayDeliver(caller.origin, 'BODY') ? 'COOKIE' : 'BODY'

const refused = (problems: Problem[]): CompleteStepUpPayload => ({
  tokens: null,
  session: null,
  userErrors: problems.map(userError),
})
