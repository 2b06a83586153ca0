import { RefreshTokenDocument } from './__generated__/operations.js'
import { UsergraphError } from './errors.js'
import { rootField } from './root-field.js'
import type { Session } from './session.js'
import type { Send } from './transport.js'

export type Delivery = 'COOKIE' | 'BODY'

/** Whether there is another access token than `stale` now; null where there was none. */
export type Renew = (stale: string | null) => Promise<boolean>

type Deps = { session: Session; send: Send; delivery: Delivery }

/** Trades the refresh token for new tokens: once, however many find at the same time that theirs is stale. */
export function makeRenew(deps: Deps): Renew {
  let running: { stale: string | null; outcome: Promise<boolean> } | null = null

  return (stale) => {
    if (running?.stale === stale) return running.outcome

    const outcome = deps.session
      .inTurn(() => renew(deps, stale))
      .finally(() => {
        if (running?.outcome === outcome) running = null
      })
    running = { stale, outcome }
    return outcome
  }
}

async function renew({ session, send, delivery }: Deps, stale: string | null): Promise<boolean> {
  const held = await session.read()
  // It was renewed, or given up, between the request that found it stale and this one's turn.
  if (held.accessToken !== stale) return held.accessToken !== null
  if (delivery === 'BODY' && held.refreshToken === null) return ended(session)

  // Without the access token: one that has expired would have this refused too.
  const answer = await send({
    document: RefreshTokenDocument,
    variables: delivery === 'BODY' ? { input: { refreshToken: held.refreshToken } } : {},
  })
  const { tokens, session: fresh, userErrors } = rootField(answer, 'refreshToken')
  if (userErrors.length > 0) return ended(session)
  if (!tokens) throw answer.errors[0] ?? new UsergraphError({ code: 'UNEXPECTED_ANSWER' })

  // Another tab has signed in as somebody else: what this page shows and sends is not that person's.
  const userId = fresh?.user?.id ?? null
  if (held.userId !== null && held.userId !== userId) return ended(session)

  await session.begin(tokens, userId)
  return true
}

async function ended(session: Session): Promise<false> {
  await session.end('SESSION_ENDED')
  return false
}
