import type { IncomingMessage, RequestListener } from 'node:http'
import { startHttpStub } from './http-stub.js'

export type ReceivedWebhook = {
  path: string
  headers: Record<string, string>
  body: string
}

export type WebhookStub = {
  url: string
  received: ReceivedWebhook[]
  /** What the next requests get; 204 by default. */
  answerWith(answer: RequestListener): void
  stop(): Promise<void>
}

export const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(code, headers).end()
  }

/** An endpoint of somebody's: takes, refuses or misbehaves as it is told. */
export async function startWebhookStub(): Promise<WebhookStub> {
  const received: ReceivedWebhook[] = []
  let answer = status(204)

  const server = await startHttpStub(async (request, response) => {
    received.push(await read(request))
    answer(request, response)
  })

  return {
    ...server,
    received,
    answerWith: (next) => {
      answer = next
    },
  }
}

async function read(request: IncomingMessage): Promise<ReceivedWebhook> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
  return {
    path: `${request.method} ${request.url}`,
    headers: request.headers as Record<string, string>, // none that is read here comes twice
    body: Buffer.concat(chunks).toString(),
  }
}
