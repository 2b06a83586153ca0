import type { Notice } from './message.js'
import type { Route } from './route.js'

export type HeldNotice = Pick<Notice, 'userId' | 'kind' | 'template'> & { wentByMail: boolean }

export type WayDeps<Tx> = {
  /** Whether a person may still be sent this notice by text today. */
  hasTextsLeft: (tx: Tx, userId: string, template: string) => Promise<boolean>
  /** Whether nothing arrives there, as far as is known. */
  isUnreachable: (tx: Tx, way: Route) => Promise<boolean>
  /** A notice was not texted any more today: it goes by mail, or nowhere. */
  noteHeld: (held: HeldNotice) => void
}

/**
 * Which of its ways a notice that may go either way takes: the first by which it would arrive. Where there is none, one by which nothing
 * arrives: it is not handed over, and its log says so. It is texted no more often for that.
 */
export async function openWay<Tx>(
  deps: WayDeps<Tx>,
  notice: Notice,
  { ways: [first, other], tx }: { ways: readonly Route[]; tx: Tx },
): Promise<Route | null> {
  if (!first) return null
  const state = await stateOf(deps, notice, { way: first, tx })
  if (state === 'OPEN') return first

  const otherState = other ? await stateOf(deps, notice, { way: other, tx }) : null
  const open = otherState === 'OPEN' && other ? other : null
  if (![state, otherState].includes('HELD')) return open ?? first
  const { userId, kind, template } = notice
  deps.noteHeld({ userId, kind, template, wentByMail: open !== null })
  if (open || !other) return open
  // Of the two the one that is not held: nothing arrives there, and its log says so.
  return state === 'HELD' ? other : first
}

async function stateOf<Tx>(
  { hasTextsLeft, isUnreachable }: WayDeps<Tx>,
  { userId, template }: Notice,
  { way, tx }: { way: Route; tx: Tx },
): Promise<'OPEN' | 'UNREACHABLE' | 'HELD'> {
  if (await isUnreachable(tx, way)) return 'UNREACHABLE'
  return way.channel === 'EMAIL' || (await hasTextsLeft(tx, userId, template)) ? 'OPEN' : 'HELD'
}
