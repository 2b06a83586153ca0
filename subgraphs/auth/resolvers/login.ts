import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { userError } from '../../shared/graphql/user-error.js'
import { readDisplayText } from '../../shared/identifiers/display-text.js'
import { looksLikeToken } from '../../shared/secrets/token.js'
import type { AuthContext } from '../context.js'
import {
  CompleteLoginInput,
  LoginInput,
  LoginPayload,
  MfaEnrollmentRequired,
  SecondFactorRequired,
} from '../schema/login.js'
import { beginSession } from './begin-session.js'
import { toSession } from './to-session.js'

@Resolver()
export class LoginResolver {
  @Directive('@credential')
  @Directive('@public')
  @Directive('@startsSession')
  @Directive('@rateLimit(max: 300, window: "10m", by: ["ip"])')
  @Mutation(() => LoginPayload, {
    description:
      'Signs in with a password or a LOGIN grant. A second factor or a verification may still be asked for.',
  })
  async login(
    @Arg('input', () => LoginInput) input: LoginInput,
    @Ctx() context: AuthContext,
  ): Promise<LoginPayload> {
    const { auth, caller, cookies } = context
    const deviceName = readDisplayText(input.deviceName ?? '')
    if ('problem' in deviceName) return refused([{ code: deviceName.problem, field: ['deviceName'] }])
    if (!auth.mayDeliver(caller.origin, input.tokenDelivery)) {
      return refused([{ code: 'INVALID', field: ['tokenDelivery'] }])
    }

    const shownDevice = input.deviceToken ?? cookies.deviceToken ?? ''
    const result = await auth.login({
      identifier: input.identifier,
      password: input.password,
      grant: input.grant,
      device: auth.describeDevice(deviceName.value, caller.userAgent),
      deviceToken: looksLikeToken(shownDevice) ? shownDevice : null,
      ip: caller.clientIp,
      userAgent: caller.userAgent,
      clientId: auth.clientIdOf(caller.origin),
      delivery: input.tokenDelivery,
    })

    return payloadOf(context, result)
  }

  @Directive('@credential')
  @Directive('@public')
  @Directive('@startsSession')
  @Mutation(() => LoginPayload, { description: 'The second half of a sign-in that asked for more.' })
  async completeLogin(
    @Arg('input', () => CompleteLoginInput) input: CompleteLoginInput,
    @Ctx() context: AuthContext,
  ): Promise<LoginPayload> {
    const { auth, caller } = context
    if (!looksLikeToken(input.loginTicket)) return refused([{ code: 'EXPIRED', field: ['loginTicket'] }])
    const result = await auth.completeLogin({
      ticket: input.loginTicket,
      method: input.method ?? null,
      code: input.code ?? null,
      grant: input.grant ?? null,
      newPassword: input.newPassword ?? null,
      trustDevice: input.trustDevice ?? false,
      ip: caller.clientIp,
      userAgent: caller.userAgent,
    })
    return payloadOf(context, result)
  }
}

type Result =
  | Awaited<ReturnType<AuthContext['auth']['login']>>
  | Awaited<ReturnType<AuthContext['auth']['completeLogin']>>

async function payloadOf(context: AuthContext, result: Result): Promise<LoginPayload> {
  switch (result.kind) {
    case 'refused':
      return refused(result.problems)
    case 'second-factor':
    case 'enrollment': {
      const { kind, ticket: loginTicket, methods, expiresAt } = result
      const asked = kind === 'enrollment' ? new MfaEnrollmentRequired() : new SecondFactorRequired()
      return { result: Object.assign(asked, { loginTicket, methods, expiresAt }), userErrors: [] }
    }
    case 'verification': {
      const { ticket: loginTicket, channel, sent } = result
      return { result: { loginTicket, channel, ...proofOf(sent) }, userErrors: [] }
    }
    case 'password-change':
      return { result: { loginTicket: result.ticket, reason: result.reason }, userErrors: [] }
    case 'signed-in': {
      const tokens = await beginSession(context, result)
      const session = toSession(result.session, context.viewer)
      const user = { id: result.account.id }
      return { result: { tokens, session, user, isNewDevice: result.deviceToken !== null }, userErrors: [] }
    }
  }
}

const proofOf = (sent: Extract<Result, { kind: 'verification' }>['sent']) => ({
  challengeId: sent?.challengeId ?? null,
  destinationMasked: sent?.destinationMasked ?? null,
  challengeExpiresAt: sent?.expiresAt ?? null,
  resendAfter: sent?.resendAfter ?? null,
})

const refused = (problems: Problem[]): LoginPayload => ({ result: null, userErrors: problems.map(userError) })
