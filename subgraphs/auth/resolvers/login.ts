import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { userError } from '../../shared/graphql/user-error.js'
import { readDisplayText } from '../../shared/identifiers/display-text.js'
import { looksLikeToken } from '../../shared/secrets/token.js'
import type { AuthContext } from '../context.js'
import { LoginInput, LoginPayload, LoginSuccess } from '../schema/login.js'
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
      device: auth.describeDevice(deviceName.value, caller.userAgent),
      deviceToken: looksLikeToken(shownDevice) ? shownDevice : null,
      ip: caller.clientIp,
      userAgent: caller.userAgent,
      clientId: auth.clientIdOf(caller.origin),
    })

    switch (result.kind) {
      case 'refused':
        return refused(result.problems)
      case 'signed-in': {
        const tokens = await beginSession(context, { ...result, delivery: input.tokenDelivery })
        const success = new LoginSuccess()
        Object.assign(success, {
          tokens,
          session: toSession(result.session, context.viewer),
          user: { id: result.account.id },
          isNewDevice: result.deviceToken !== null,
        })
        return { result: success, userErrors: [] }
      }
    }
  }
}

const refused = (problems: Problem[]): LoginPayload => ({ result: null, userErrors: problems.map(userError) })
