import { type DocumentNode, Kind, OperationTypeNode, parse } from 'graphql'
import * as z from 'zod'
import type { NewViewerVerifier } from '../../subgraphs/shared/identity/new-viewer.js'
import type { SubgraphFetch } from './data-source.js'
import type { RequestHolder } from './request-holder.js'

/** The one subgraph that has cookies and that knows who has just signed in. */
export const SESSION_OWNER = 'auth'

const Extensions = z.object({
  usergraph: z
    .object({
      cookies: z
        .array(
          z.object({
            name: z.enum(['refreshToken', 'deviceToken']),
            // What may stand in a cookie as it is (RFC 6265).
            value: z
              .string()
              .regex(/^[\w.~+/=-]{1,1024}$/)
              .nullable(),
            expiresAt: z.iso.datetime({ offset: true }).nullable(),
          }),
        )
        .max(10),
      newViewer: z.string().max(4096).optional(),
    })
    .optional(),
})

/** Does what auth asked for beside its answer. Whoever else asks is not heard. */
export async function applyEffects(
  extensions: unknown,
  request: SubgraphFetch & { subgraph: string },
  { holder, verify }: { holder: RequestHolder; verify: NewViewerVerifier },
): Promise<void> {
  if (request.subgraph !== SESSION_OWNER || extensions === undefined) return
  const { usergraph } = Extensions.parse(extensions)
  if (!usergraph) return
  holder.cookieChanges.push(...usergraph.cookies)
  if (usergraph.newViewer) await signIn(usergraph.newViewer, request, { holder, verify })
}

/**
 * From here on the operation is answered as whoever signed in, so this is believed once, of the one fetch that
 * signs in, and only under auth's own key (SECURITY 2.7).
 */
async function signIn(
  newViewer: string,
  { query }: SubgraphFetch,
  { holder, verify }: { holder: RequestHolder; verify: NewViewerVerifier },
): Promise<void> {
  if (holder.startsSession === null || !asksOnly(query, holder.startsSession)) {
    throw new Error('a new viewer came from a fetch that starts no session')
  }
  const viewer = await verify(newViewer, holder.caller.requestId)
  if (!viewer) throw new Error('a new viewer was not signed by auth for this request')

  holder.startsSession = null
  holder.caller = { ...holder.caller, viewer }
}

/** Whether a fetch is the mutation of this one root field. */
function asksOnly(query: string, field: string): boolean {
  const operations = operationsOf(parse(query, { noLocation: true }))
  const [operation] = operations
  if (operations.length !== 1 || operation?.operation !== OperationTypeNode.MUTATION) return false
  const { selections } = operation.selectionSet
  return selections.every((selection) => selection.kind === Kind.FIELD && selection.name.value === field)
}

const operationsOf = ({ definitions }: DocumentNode) =>
  definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? [definition] : []))
