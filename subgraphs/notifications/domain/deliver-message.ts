import type { IsStopped } from './is-stopped.js'
import type { Channel, ClaimedMessage } from './message.js'
import type { DeliveryStore, Outcome, Outlet, SendResult } from './ports.js'
import { MAX_TRIES, MAX_WAIT_MS, retryDelayMs } from './retry-delay.js'

export type Delivered = { message: ClaimedMessage; provider: string; outcome: Outcome; recorded: boolean }

type Deps = {
  deliveries: Pick<DeliveryStore, 'claim' | 'record'>
  open: (sealed: string) => Promise<string>
  outlets: Record<Channel, Outlet>
  isStopped: IsStopped
  random: () => number
}

/** Sends one message, if it is due and nobody else is at it. Null when there was nothing to do. */
export function makeDeliverMessage(deps: Deps) {
  const { deliveries, outlets } = deps

  return async function deliverMessage(id: string): Promise<Delivered | null> {
    const message = await deliveries.claim(id)
    if (!message) return null

    const outcome = await deliver(deps, message)
    const { provider } = outlets[message.channel]
    const recorded = await deliveries.record(message, provider, outcome)
    return { message, provider, outcome, recorded }
  }
}

async function deliver(deps: Deps, message: ClaimedMessage): Promise<Outcome> {
  if (message.expired) return { kind: 'dropped', error: 'EXPIRED' }
  if (await deps.isStopped(message)) return { kind: 'suppressed', error: 'SUPPRESSED' }
  return outcomeOf(await attempt(deps, message), message, deps.random)
}

async function attempt({ open, outlets }: Deps, message: ClaimedMessage): Promise<SendResult> {
  // Counted when it is claimed, so that a message which kills its worker is not tried for ever.
  if (message.tries > MAX_TRIES) return { kind: 'refused', error: 'TOO_MANY_TRIES' }

  let send: () => Promise<SendResult>
  try {
    const secret = message.sealedSecret === null ? null : await open(message.sealedSecret)
    send = await outlets[message.channel].word(message, secret)
  } catch {
    // A wrong key or a faulty template, neither the message's own fault: an operator may mend it while it is retried.
    return { kind: 'deferred', error: 'NOT_RENDERED' }
  }
  return send()
}

function outcomeOf(result: SendResult, { tries, channel }: ClaimedMessage, random: () => number): Outcome {
  switch (result.kind) {
    case 'accepted':
      return { ...result, kind: 'sent' }
    case 'refused': {
      const { error, stops } = result
      // There is nothing for an operator to mend: the mailbox is not there, or its owner wants nothing.
      if (stops) return { kind: 'bounced', status: channel === 'EMAIL' ? 'BOUNCED' : 'FAILED', error, stops }
      return { kind: 'dead', error }
    }
    case 'deferred':
      return tries < MAX_TRIES
        ? { kind: 'retry', error: result.error, delayMs: waitOf(result.retryAfterSeconds, tries, random) }
        : { kind: 'dead', error: result.error }
  }
}

/** What a provider asks for is kept to, within reason (SECURITY 11.3). */
const waitOf = (retryAfterSeconds = 0, tries: number, random: () => number): number =>
  Math.max(retryDelayMs(tries, random), Math.min(retryAfterSeconds * 1000, MAX_WAIT_MS))
