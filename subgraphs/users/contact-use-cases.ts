import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { authCalls } from '../shared/contracts/auth.js'
import { ID_PREFIXES, isId } from '../shared/ids/type-id.js'
import { looksLikeToken } from '../shared/secrets/token.js'
import type { UsersContext } from './context.js'
import { makeConfirmContactChange } from './domain/confirm-contact-change.js'
import { makeContactChanges, makeLink } from './domain/contact-changes.js'
import type { LinkDeps } from './domain/links.js'
import type { ContactChangeStore } from './domain/ports.js'
import { makeRequestPhoneChange } from './domain/request-phone-change.js'
import type { UsersEnv } from './env.js'
import { makeTexts } from './open-challenge.js'
import { grantReader } from './proof-use-cases.js'

type Given = {
  changes: ContactChangeStore
  transport: CallTransport
  link: LinkDeps
  newChangeId: () => string
  confirmUrls: readonly string[]
  undoUrl: string
}

/** Changes of an address: asked for, proved, undone. */
export function makeContactUseCases(
  env: UsersEnv,
  { changes, transport, link, newChangeId, confirmUrls, undoUrl }: Given,
): UsersContext['users']['contactChanges'] {
  const auth = callClient(authCalls, transport)
  return {
    ...makeContactChanges({
      ...{ ...link, changes, looksLikeToken, newChangeId, confirmUrls },
      async endSessions({ id, accessVersion }) {
        await auth.accessChanged({ userId: id, version: accessVersion, endsSessions: true })
      },
    }),
    requestPhone: makeRequestPhoneChange({
      ...{ ...makeTexts(env, transport), changes, newChangeId },
    }),
    confirm: makeConfirmContactChange({
      ...{ changes, looksLikeToken, digestOf: link.digestOf },
      isChangeId: (text) => isId(ID_PREFIXES.contactChange, text),
      readGrant: grantReader(transport)('PROFILE_CHANGE'),
      makeUndo: async () => ({ ...(await makeLink(link)), url: undoUrl }),
    }),
  }
}
