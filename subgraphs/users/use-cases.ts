import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { authCalls } from '../shared/contracts/auth.js'
import { otpCalls } from '../shared/contracts/otp.js'
import { normalizeUsername } from '../shared/identifiers/username.js'
import { createGrantReader } from '../shared/identity/grant.js'
import { ID_PREFIXES, isId, newId } from '../shared/ids/type-id.js'
import { createSeal } from '../shared/secrets/sealing.js'
import { looksLikeToken, newToken, tokenDigest } from '../shared/secrets/token.js'
import { makeAdministration } from './domain/administration.js'
import type { AdministrationStore } from './domain/administration-ports.js'
import { makeChangeUsername } from './domain/change-username.js'
import { makeContactChanges } from './domain/contact-changes.js'
import type { UserDirectory } from './domain/directory-ports.js'
import type { InvitationStore } from './domain/invitation-ports.js'
import { newLink } from './domain/links.js'
import { makeListUsers } from './domain/list-users.js'
import type { AccountStore, ContactChangeStore } from './domain/ports.js'
import { makeResendEmailVerification } from './domain/resend-email-verification.js'
import type { Roles } from './domain/roles.js'
import { makeUpdateProfile } from './domain/update-profile.js'
import { makeVerifyEmail } from './domain/verify-email.js'
import type { UsersEnv } from './env.js'
import { makeSignUp } from './sign-up-use-cases.js'

type Stores = {
  accounts: AccountStore
  changes: ContactChangeStore
  directory: UserDirectory
  administration: AdministrationStore
  invitations: InvitationStore
}

type Parts = Stores & { roles: Roles; transport: CallTransport }

/** What the resolvers may ask for, and what an event asks for. */
export async function makeUseCases(env: UsersEnv, parts: Parts) {
  const { accounts, changes, directory, administration, invitations, roles, transport } = parts
  const auth = callClient(authCalls, transport)
  const page = (name: string) => new URL(`/account/${name}`, env.PUBLIC_URL).href
  const ourPage = page('verify')
  const seal = await createSeal(env.NOTIFICATIONS_PUBLIC_KEY)
  const invitationUrl = env.INVITATION_URL ?? page('invite')
  const link = { newToken, digestOf: tokenDigest, seal, invitationUrl }
  const newUserId = () => newId(ID_PREFIXES.user)
  const now = () => new Date()
  const readGrant = createGrantReader({
    audience: 'users',
    purpose: 'EMAIL_VERIFICATION',
    keys: () => callClient(otpCalls, transport).grantKeys({}),
  })

  const isUserId = (id: string) => isId(ID_PREFIXES.user, id)
  const updateProfile = makeUpdateProfile({ accounts, now })
  const changeUsername = makeChangeUsername({ accounts })

  const graph = {
    ...makeSignUp(env, {
      accounts,
      invitations,
      roles,
      transport,
      link,
      verificationUrls: [ourPage, ...env.LINK_URLS],
    }),
    verifyEmail: makeVerifyEmail({ accounts, looksLikeToken, digestOf: tokenDigest, readGrant }),
    resendEmailVerification: makeResendEmailVerification({
      ...link,
      accounts,
      newId: newUserId,
      verificationUrl: ourPage,
    }),
    updateProfile,
    administration: makeAdministration({
      ...{ store: administration, accounts, updateProfile, changeUsername, isUserId, now, roles },
      tellAuth: auth.accessChanged,
    }),
    list: makeListUsers({ directory, isUserId, isRole: roles.has }),
    changeUsername,
    contactChanges: makeContactChanges({
      ...{ ...link, changes, looksLikeToken },
      newChangeId: () => newId(ID_PREFIXES.contactChange),
      confirmUrls: [page('confirm'), ...env.LINK_URLS],
      undoUrl: page('undo'),
      async endSessions({ id, accessVersion }) {
        await auth.accessChanged({ userId: id, version: accessVersion, endsSessions: true })
      },
    }),
    isUsernameAllowed: (username: string) => normalizeUsername(username) !== null,
  }
  const sendLink = async (userId: string) => accounts.renewLink(userId, await newLink(link, ourPage))
  return { graph, sendLink }
}
