import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql'
import { Jwt } from '../../shared/graphql/scalars.js'
import { viewerOfToken } from '../../shared/identity/access-token-claims.js'
import { ID_PREFIXES, isId } from '../../shared/ids/type-id.js'
import type { AuthContext } from '../context.js'
import type { Session } from '../domain/ports.js'
import { SignInOptions } from '../schema/login.js'
import { TokenValidation } from '../schema/tokens.js'
import { toSession } from './to-session.js'

const NOTHING = { subject: null, session: null, scopes: [], assurance: null, claims: null }
const NEVER = { authenticatedAt: null, issuedAt: null, expiresAt: null }

/** What a token was issued for, while it lives: a session, or a machine client's secret, which is nobody's session. */
async function livingOf(
  sid: string,
  { sessions, clients }: AuthContext['auth'],
): Promise<{ session: Session | null } | null> {
  if (isId(ID_PREFIXES.clientSecret, sid))
    return (await clients.isSecretActive(sid)) ? { session: null } : null
  const session = isId(ID_PREFIXES.session, sid) ? await sessions.find(sid) : null
  return session?.state === 'ACTIVE' ? { session } : null
}

@Resolver()
export class ValidateTokenResolver {
  @Directive('@public')
  @Query(() => TokenValidation, {
    description: 'Says whether an access token is good, and if not, why. Never errors on a bad token.',
  })
  async validateToken(
    @Arg('token', () => Jwt) token: string,
    @Ctx() { auth }: AuthContext,
  ): Promise<TokenValidation> {
    const read = await auth.readToken(token)
    if (!read.valid) return { ...NOTHING, ...NEVER, valid: false, reason: read.reason }

    const { claims } = read
    const living = await livingOf(claims.sid, auth)
    if (!living) return { ...NOTHING, ...NEVER, valid: false, reason: 'REVOKED' }

    const { session } = living
    return {
      valid: true,
      reason: null,
      subject: session && { id: claims.sub },
      session: session && toSession(session, viewerOfToken(claims)),
      scopes: viewerOfToken(claims).scopes,
      assurance: session?.assurance ?? null,
      authenticatedAt: session && new Date(claims.auth_time * 1000),
      issuedAt: new Date(claims.iat * 1000),
      expiresAt: new Date(claims.exp * 1000),
      claims,
    }
  }

  @Directive('@public')
  @Directive('@cacheControl(maxAge: 300, scope: PUBLIC)')
  @Query(() => SignInOptions, {
    description: 'What a sign-in screen may offer; the same for every identifier',
  })
  signInOptions(@Ctx() { auth: { otpChannels } }: AuthContext): SignInOptions {
    return { password: true, passkey: false, magicLink: false, otpChannels, externalProviders: [] }
  }
}
