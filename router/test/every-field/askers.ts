import type { ErrorCode } from '../../../subgraphs/shared/errors/codes.js'
import type { Viewer } from '../../../subgraphs/shared/identity/viewer.js'
import { someViewer } from '../../../subgraphs/shared/test/requests.js'
import { type Demands, isOpen } from './demands.js'

/** Whose rows all rows are that the subgraphs of these tests answer. */
export const OWNER = 'usr_owner'

export const ASKERS = ['nobody', 'other', 'owner', 'owner of old', 'support', 'admin', 'machine'] as const
export type Asker = (typeof ASKERS)[number]

/** Somebody of each kind. Administrators and machines hold every scope that the graph names. */
export function viewersFor(
  supergraphSdl: string,
  supportScopes: readonly string[],
): Record<Asker, Viewer | null> {
  const named = [...supergraphSdl.matchAll(/scopes: (\[\[.*?\]\])/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/"([^"]+)"/g)].map(([, scope = '']) => scope),
  )
  const scopes = [...new Set(named)]
  const proved = { authenticatedAt: Math.floor(Date.now() / 1000) }
  const strongly = { ...proved, methods: ['pwd', 'otp'], assurance: 'aal2' }
  const app = { methods: ['TOTP'], assurance: 'aal2' }
  return {
    nobody: null,
    other: someViewer({ ...proved, userId: 'usr_other' }),
    owner: someViewer({ ...proved, userId: OWNER }),
    'owner of old': someViewer({ userId: OWNER }),
    support: someViewer({ ...proved, userId: 'usr_support', scopes: supportScopes }),
    admin: someViewer({ ...strongly, userId: 'usr_admin', scopes, stepUp: app }),
    machine: someViewer({ ...proved, userId: 'cli_machine', scopes, stepUp: null }),
  }
}

/** What somebody is refused with who asks for fields of these demands; null for what they may ask. */
export function refusalOf(demands: readonly Demands[], viewer: Viewer | null): ErrorCode | null {
  if (!viewer) return demands.every(isOpen) ? null : 'UNAUTHENTICATED'
  const held = ({ scopes, policies }: Demands) =>
    scopes.every((anyOf) => holds(anyOf, viewer.scopes)) &&
    policies.every((anyOf) => holds(anyOf, ['self', ...viewer.scopes]))
  if (!demands.every(held)) return 'FORBIDDEN'

  const proofs = demands.flatMap((each) => each.proofs)
  if (proofs.length > 0 && !viewer.stepUp) return 'FORBIDDEN'
  const age = Date.now() / 1000 - viewer.authenticatedAt
  const isProved = proofs.every(({ level, maxAge }) => viewer.assurance >= `aal${level}` && age <= maxAge + 1)
  return isProved ? null : 'STEP_UP_REQUIRED'
}

/** Whether the owner of a row answers null to them: it is theirs to say, not the router's. */
export function isHidden({ policies }: Demands, viewer: Viewer | null): boolean {
  if (!viewer) return false
  const held = viewer.userId === OWNER ? ['self', ...viewer.scopes] : viewer.scopes
  return !policies.every((anyOf) => holds(anyOf, held))
}

const holds = (anyOf: readonly (readonly string[])[], held: readonly string[]): boolean =>
  anyOf.some((all) => all.every((name) => held.includes(name)))
