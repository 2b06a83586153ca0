import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type Server } from 'node:http'

// A service that is told by webhook what happens to accounts (docs/webhooks.md). It needs nothing but Node; libraries of
// Standard Webhooks do what `verify` does.

const TOLERANCE_SECONDS = 300

type Headers = Record<string, string | string[] | undefined>

/** Whether a request is ours: signed with the secret, and not so old that somebody may be replaying it. */
export function verify(secret: string, headers: Headers, body: Buffer): boolean {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map(
    (name) => headers[`webhook-${name}`],
  )
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) < TOLERANCE_SECONDS) {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
    const expected = Buffer.from(`v1,${signature}`)
    return String(signatures)
      .split(' ')
      .map((one) => Buffer.from(one))
      .some((one) => one.length === expected.length && timingSafeEqual(one, expected))
  }
  return false
}

type PublicEvent = { type: string; timestamp: string; data: { userId: string } }

type Options = {
  secret: string
  /** Keeps the id with what is done for the event, in one transaction; false where it was kept before. */
  once: (webhookId: string, event: PublicEvent) => Promise<boolean>
}

/** Answers at once: what takes long belongs into a queue of the service's own. */
export function createReceiver({ secret, once }: Options): Server {
  return createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
    // The bytes as they came: parsed and written again they would be others.
    const body = Buffer.concat(chunks)
    if (!verify(secret, request.headers, body)) return response.writeHead(401).end()

    await once(String(request.headers['webhook-id']), JSON.parse(body.toString()))
    return response.writeHead(204).end()
  })
}
