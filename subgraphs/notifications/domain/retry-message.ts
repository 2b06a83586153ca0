import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { DeadLetterStore } from './ports.js'

export type RetryMessageResult = { kind: 'retried' } | { kind: 'refused'; problems: Problem[] }

type Deps = {
  deadLetters: Pick<DeadLetterStore, 'retry'>
  /** Something is due now. */
  poke: () => void
}

/** Sends a dead message again from its first try, under the same Message-ID. */
export function makeRetryMessage({ deadLetters, poke }: Deps) {
  return async function retryMessage(id: string, by: Actor): Promise<RetryMessageResult> {
    const outcome = await deadLetters.retry(id, by)
    if (outcome !== 'RETRIED') return { kind: 'refused', problems: [{ code: outcome, field: ['id'] }] }
    poke()
    return { kind: 'retried' }
  }
}
