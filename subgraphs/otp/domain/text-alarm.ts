import type { CodeStore } from './ports.js'

/** How many texts go out in an hour, to one country and in all (SECURITY 8.8). */
export type Ceilings = { perCountry: number; all: number }

/** A text that was held back by a ceiling; of all texts it is no country's. */
export type Held = { ceiling: keyof Ceilings; country: string | null }

export type TextLimits = { max: Ceilings; noteHeld: (held: Held) => void }

export type TextAlarm =
  | ({ kind: 'ceiling' } & Held)
  | { kind: 'few-verified'; sent: number; verified: number }

type Deps = {
  /** How long one alarm is enough. */
  everyMs: number
  fewVerified: { texts: number; share: number }
  now: () => number
  alarm: (alarm: TextAlarm) => void
}

/**
 * Tells an operator of texts that somebody may earn with: more of them than there should be, or codes that nobody types
 * in. Each alarm once in a while, however long it goes on.
 */
export function makeTextAlarm({ everyMs, fewVerified: { texts, share }, now, alarm }: Deps) {
  const raisedAt = new Map<string, number>()

  function raise(key: string, what: TextAlarm): void {
    if (now() - (raisedAt.get(key) ?? Number.NEGATIVE_INFINITY) < everyMs) return
    raisedAt.set(key, now())
    alarm(what)
  }

  return {
    noteHeld: ({ ceiling, country }: Held) =>
      raise(`${ceiling} ${country}`, { kind: 'ceiling', ceiling, country }),

    async lookAtOutcomes(codes: Pick<CodeStore, 'textOutcomes'>): Promise<void> {
      const { sent, verified, isRecent } = await codes.textOutcomes(texts)
      if (!isRecent || sent < texts || verified >= sent * share) return
      raise('few verified', { kind: 'few-verified', sent, verified })
    },
  }
}
