/** A fact as endpoints are told it. */
export type PublicEvent = {
  /** Of the internal event that it comes from: one event makes one delivery to an endpoint, however often it is told. */
  eventId: string
  type: string
  userId: string
  /** What is signed and sent, byte for byte the same at each try. */
  body: string
}

/** A delivery whose lease is held: nobody else sends it meanwhile. */
export type ClaimedDelivery = {
  id: string
  lease: string
  endpoint: string
  type: string
  /** The same for each endpoint and at each try: by this a receiver knows what it has had before. */
  webhookId: string
  body: string
  /** This one included. */
  tries: number
  /** Until it is given up on. */
  secondsLeft: number
}

/** What an endpoint made of a request. `error` is a class of failure, never anybody's words. */
export type PostAnswer =
  | { kind: 'taken' }
  /** It wants no more of them. */
  | { kind: 'gone' }
  | { kind: 'failed'; error: string; retryAfterSeconds?: number }

export type Post = (delivery: Pick<ClaimedDelivery, 'webhookId' | 'body'>) => Promise<PostAnswer>

/** What follows for the endpoint and all that waits for it. */
export type EndpointVerdict = { kind: 'off' } | { kind: 'held'; forMs: number } | null

export type DeliveryOutcome =
  | { kind: 'delivered' }
  | { kind: 'retry'; error: string; delayMs: number; endpoint: EndpointVerdict }
  | { kind: 'dead'; error: string; endpoint: EndpointVerdict }

export type WebhookStore<Tx> = {
  /** Switches endpoints on, whatever they answered before. */
  open(endpoints: readonly string[]): Promise<void>
  /** Writes one row for each event and endpoint, with its cause. */
  insert(tx: Tx, events: readonly PublicEvent[], endpoints: readonly string[]): Promise<void>
  /** Takes what is due and not on its way, at most `limit`, and of each endpoint no more than its lane holds. */
  takeDue(limit: number): Promise<{ id: string; urgency: number }[]>
  /** Gives back what could not be put into the queue. */
  giveBack(ids: readonly string[]): Promise<void>
  /** Takes the lease of a delivery that is due. Null for all callers but one. */
  claim(id: string): Promise<ClaimedDelivery | null>
  /** Writes how a try ended. False when the lease was lost meanwhile. */
  record(
    delivery: Pick<ClaimedDelivery, 'id' | 'lease' | 'endpoint'>,
    outcome: DeliveryOutcome,
  ): Promise<boolean>
}
