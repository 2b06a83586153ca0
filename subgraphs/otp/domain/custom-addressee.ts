import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { AddresseeFound, Asker, Request } from './code-request.js'
import { addressIn, type FactorAddresseeDeps } from './factor-addressee.js'
import type { CustomUse } from './ports.js'

export type CustomAddresseeDeps = Pick<FactorAddresseeDeps, 'findOwn' | 'sms'> & {
  /** Who may be given grants besides our own subgraphs, which are never among them. */
  audiences: readonly string[]
}

/** What an operator reads in a log, and another team compares with. */
const ACTION = /^[a-z][a-z0-9._:-]{0,63}$/

/**
 * For whoever is signed in, at an address of their own: what another team's subgraph does with the grant is for that team to
 * say. Only for audiences that the operator lists, so that nobody gets a grant for one of ours by another name.
 */
export async function ofCustom(
  deps: CustomAddresseeDeps,
  { channel, ...request }: Request,
  { userId }: Asker,
): Promise<AddresseeFound> {
  const use = readUse(deps, request)
  if ('code' in use) return { problem: use }
  const address = userId === null ? null : addressIn(await deps.findOwn(userId), channel)
  if (userId === null || !address) return problem('VERIFICATION_REQUIRED', 'channel')
  if (address.kind === 'phoneNumber' && !deps.sms.isTextable(address.value)) {
    return problem('INVALID_PHONE', 'channel')
  }
  return {
    value: {
      ...{ purpose: 'CUSTOM', channel, userId, address, ownAddress: null, changeId: null, flow: null },
      ...{ custom: use, subject: `custom:${userId}` },
    },
  }
}

function readUse(
  { audiences }: CustomAddresseeDeps,
  { action, audience }: Omit<Request, 'channel'>,
): CustomUse | Problem {
  if (!action) return { code: 'REQUIRED', field: ['action'] }
  if (!ACTION.test(action)) return { code: 'INVALID', field: ['action'] }
  if (!audience) return { code: 'REQUIRED', field: ['audience'] }
  if (!audiences.includes(audience)) return { code: 'INVALID', field: ['audience'] }
  return { action, audience }
}

const problem = (code: Problem['code'], field: string): AddresseeFound => ({
  problem: { code, field: [field] },
})
