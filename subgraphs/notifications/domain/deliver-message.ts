import type { ClaimedMessage } from './message.js'
import type { DeliveryStore, Mail, Outcome, Sender, SendResult } from './ports.js'
import { MAX_TRIES, retryDelayMs } from './retry-delay.js'

export type Delivered = { message: ClaimedMessage; outcome: Outcome; recorded: boolean }

type Deps = {
  deliveries: Pick<DeliveryStore, 'claim' | 'record'>
  open: (sealed: string) => Promise<string>
  render: (message: ClaimedMessage, secret: string | null) => Pick<Mail, 'subject' | 'text' | 'html'>
  sender: Sender
  random: () => number
}

/** Sends one message, if it is due and nobody else is at it. Null when there was nothing to do. */
export function makeDeliverMessage(deps: Deps) {
  const { deliveries, sender, random } = deps

  return async function deliverMessage(id: string): Promise<Delivered | null> {
    const message = await deliveries.claim(id)
    if (!message) return null

    const outcome = message.expired
      ? ({ kind: 'dropped', error: 'EXPIRED' } as const)
      : outcomeOf(await attempt(deps, message), message.tries, random)
    const recorded = await deliveries.record(message, sender.provider, outcome)
    return { message, outcome, recorded }
  }
}

async function attempt({ open, render, sender }: Deps, message: ClaimedMessage): Promise<SendResult> {
  // Counted when it is claimed, so that a message which kills its worker is not tried for ever.
  if (message.tries > MAX_TRIES) return { kind: 'refused', error: 'TOO_MANY_TRIES' }

  let mail: Mail
  try {
    const secret = message.sealedSecret === null ? null : await open(message.sealedSecret)
    mail = { id: message.id, recipient: message.recipient, ...render(message, secret) }
  } catch {
    // A wrong key or a faulty template, neither the message's own fault: an operator may mend it while it is retried.
    return { kind: 'deferred', error: 'NOT_RENDERED' }
  }
  return sender.send(mail)
}

function outcomeOf(result: SendResult, tries: number, random: () => number): Outcome {
  switch (result.kind) {
    case 'accepted':
      return { kind: 'sent', providerMessageId: result.providerMessageId }
    case 'refused':
      return { kind: 'dead', error: result.error }
    case 'deferred':
      return tries < MAX_TRIES
        ? { kind: 'retry', error: result.error, delayMs: retryDelayMs(tries, random) }
        : { kind: 'dead', error: result.error }
  }
}
