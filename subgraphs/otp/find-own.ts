import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { usersCalls } from '../shared/contracts/users.js'
import { ID_PREFIXES, isId } from '../shared/ids/type-id.js'

/** Somebody's account as users has it now; null for nobody, and for what is no id. */
export function makeFindOwn(transport: CallTransport) {
  const users = callClient(usersCalls, transport)
  return async (userId: string) => {
    if (!isId(ID_PREFIXES.user, userId)) return null
    return (await users.getMany({ ids: [userId] }))[0] ?? null
  }
}
