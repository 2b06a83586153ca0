import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { usersCalls } from '../shared/contracts/users.js'
import { ID_PREFIXES, isId } from '../shared/ids/type-id.js'

/** Of whom a role demands a second factor, in the order that was asked in. */
export function makeDemandedOf(transport: CallTransport) {
  const users = callClient(usersCalls, transport)
  return async (userIds: readonly string[]): Promise<boolean[]> => {
    const accounts = await users.getMany({ ids: userIds.filter((id) => isId(ID_PREFIXES.user, id)) })
    const demanded = new Set(accounts.filter(({ requiresMfa }) => requiresMfa).map(({ id }) => id))
    return userIds.map((id) => demanded.has(id))
  }
}

/** Somebody's account as users has it now; null for nobody, and for what is no id. */
export function makeFindOwn(transport: CallTransport) {
  const users = callClient(usersCalls, transport)
  return async (userId: string) => {
    if (!isId(ID_PREFIXES.user, userId)) return null
    return (await users.getMany({ ids: [userId] }))[0] ?? null
  }
}
