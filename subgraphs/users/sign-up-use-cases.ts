import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { passwordsCalls } from '../shared/contracts/passwords.js'
import { ID_PREFIXES, newId } from '../shared/ids/type-id.js'
import { looksLikeToken } from '../shared/secrets/token.js'
import type { UsersContext } from './context.js'
import { makeAcceptInvitation } from './domain/accept-invitation.js'
import type { Attributes } from './domain/attributes.js'
import { makeCreateUser } from './domain/create-user.js'
import type { InvitationStore } from './domain/invitation-ports.js'
import type { LinkDeps } from './domain/links.js'
import type { AccountStore } from './domain/ports.js'
import { makeRegister } from './domain/register.js'
import type { Roles } from './domain/roles.js'
import type { UsersEnv } from './env.js'
import { makeTexts } from './open-challenge.js'

type Parts = {
  accounts: AccountStore
  invitations: InvitationStore
  roles: Roles
  attributes: Attributes
  transport: CallTransport
  link: LinkDeps
  /** Of ours, which a verification link opens unless it is told another. */
  ourPage: string
}

/** How accounts come to be: one's own, somebody else's, and taking over the one that was made. */
export function makeSignUp(
  env: UsersEnv,
  { accounts, invitations, roles, attributes, transport, link, ourPage }: Parts,
): Pick<UsersContext['users'], 'register' | 'createUser'> {
  const passwords = callClient(passwordsCalls, transport)
  const deps = { ...link, newId: () => newId(ID_PREFIXES.user), now: () => new Date(), attributes }
  const signUp = {
    mode: env.SIGN_UP,
    domains: env.SIGN_UP_DOMAINS,
    termsVersion: env.TERMS_VERSION || null,
  }
  const setPassword = passwords.setForNewUser
  const texts = makeTexts(env, transport)
  const registerAnew = makeRegister({
    ...{ ...deps, ...texts, accounts, setPassword, signUp },
    verificationUrls: [ourPage, ...env.LINK_URLS],
  })
  const accept = makeAcceptInvitation({
    ...{ ...deps, invitations, setPassword, looksLikeToken, signUp },
    adopt: passwords.adopt,
  })

  return {
    register: ({ invitationToken: token, ...input }, by) =>
      token == null ? registerAnew(input, by) : accept(token, input, by),
    createUser: makeCreateUser({ ...deps, invitations, roles, texts }),
  }
}
