import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { authCalls } from '../shared/contracts/auth.js'
import { normalizeUsername } from '../shared/identifiers/username.js'
import { ID_PREFIXES, isId, newId } from '../shared/ids/type-id.js'
import { createSeal } from '../shared/secrets/sealing.js'
import { newToken, tokenDigest } from '../shared/secrets/token.js'
import { makeContactUseCases } from './contact-use-cases.js'
import { makeAdministration } from './domain/administration.js'
import type { Attributes } from './domain/attributes.js'
import { makeChangeUsername } from './domain/change-username.js'
import { makeDeletions } from './domain/deletions.js'
import { type LinkDeps, newLink } from './domain/links.js'
import { makeListUsers } from './domain/list-users.js'
import { makeResendEmailVerification } from './domain/resend-email-verification.js'
import type { Roles } from './domain/roles.js'
import { makeUpdateProfile } from './domain/update-profile.js'
import { makeUpdateUser } from './domain/update-user.js'
import type { UsersEnv } from './env.js'
import { makeTexts } from './open-challenge.js'
import { makeProofs } from './proof-use-cases.js'
import { makeSignUp } from './sign-up-use-cases.js'
import type { Stores } from './store/create-stores.js'

type Parts = Stores & { roles: Roles; attributes: Attributes; transport: CallTransport }

/** What the resolvers may ask for, and what an event asks for. */
export async function makeUseCases(env: UsersEnv, parts: Parts) {
  const { accounts, changes, attributes, transport } = parts
  const auth = callClient(authCalls, transport)
  const page = (name: string) => new URL(`/account/${name}`, env.PUBLIC_URL).href
  const ourPage = page('verify')
  const seal = await createSeal(env.NOTIFICATIONS_PUBLIC_KEY)
  const invitationUrl = env.INVITATION_URL ?? page('invite')
  const link = { newToken, digestOf: tokenDigest, seal, invitationUrl }
  const undoUrl = page('undo')
  const newChangeId = () => newId(ID_PREFIXES.contactChange)
  const newUserId = () => newId(ID_PREFIXES.user)
  const now = () => new Date()

  const changeUsername = makeChangeUsername({ accounts })

  const graph = {
    ...makeSignUp(env, { ...parts, link, ourPage }),
    ...makeProofs(accounts, transport),
    resendEmailVerification: makeResendEmailVerification({
      ...link,
      accounts,
      newId: newUserId,
      verificationUrl: ourPage,
    }),
    updateProfile: makeUpdateProfile({ accounts, now, attributes, writer: 'OWNER' }),
    ...makeStaffUseCases(env, parts, {
      ...{ link, changeUsername, now, newChangeId, undoUrl },
      ...{ verificationUrl: ourPage, tellAuth: auth.accessChanged },
    }),
    changeUsername,
    contactChanges: makeContactUseCases(env, {
      ...{ changes, transport, link, newChangeId, undoUrl },
      confirmUrls: [page('confirm'), ...env.LINK_URLS],
    }),
    isUsernameAllowed: (username: string) => normalizeUsername(username) !== null,
  }
  const sendLink = async (userId: string) => accounts.renewLink(userId, await newLink(link, ourPage))
  return { graph, sendLink }
}

type Given = Pick<Parameters<typeof makeAdministration>[0], 'now' | 'tellAuth'> &
  Pick<
    Parameters<typeof makeUpdateUser>[0],
    'changeUsername' | 'newChangeId' | 'undoUrl' | 'verificationUrl'
  > & { link: LinkDeps }

/** What is done to others' accounts, and how an account ends. */
function makeStaffUseCases(
  env: UsersEnv,
  { accounts, addresses, attributes, directory, administration, deletions, roles, transport }: Parts,
  { link, tellAuth, now, ...given }: Given,
) {
  const isUserId = (id: string) => isId(ID_PREFIXES.user, id)
  return {
    administration: makeAdministration({ store: administration, isUserId, roles, now, tellAuth }),
    updateUser: makeUpdateUser({
      ...{ ...link, ...given, accounts, addresses, attributes, isUserId, roles, now },
      texts: makeTexts(env, transport),
      updateProfile: makeUpdateProfile({ accounts, now, attributes, writer: 'STAFF' }),
    }),
    list: makeListUsers({ directory, isUserId, isRole: roles.has }),
    deletions: makeDeletions({
      ...{ store: deletions, isUserId, roles, seal: link.seal, tellAuth },
      graceDays: env.ACCOUNT_DELETION_GRACE_DAYS,
    }),
  }
}
