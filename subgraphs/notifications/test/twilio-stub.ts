import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ReceivedText = { path: string; authorization: string; fields: Record<string, string> }

type StubAnswer = { status: number; headers?: Record<string, string>; body?: string }

export type TwilioStub = {
  url: string
  received: ReceivedText[]
  /** What the next requests get; a message that was taken by default. Null says nothing at all. */
  answerWith(answer: StubAnswer | null): void
  stop(): Promise<void>
}

const TAKEN: StubAnswer = { status: 201, body: JSON.stringify({ sid: 'SM1', status: 'queued' }) }

/** A server of ours that speaks Twilio's shape: takes, refuses, defers or stays silent as it is told. */
export async function startTwilioStub(): Promise<TwilioStub> {
  const received: ReceivedText[] = []
  let answer: StubAnswer | null = TAKEN

  const server = createServer(async (request, response) => {
    received.push(await read(request))
    if (answer) write(response, answer)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    received,
    answerWith: (next) => {
      answer = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

async function read(request: IncomingMessage): Promise<ReceivedText> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
  return {
    path: `${request.method} ${request.url}`,
    authorization: request.headers.authorization ?? '',
    fields: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
  }
}

const write = (response: ServerResponse, { status, headers = {}, body = '' }: StubAnswer) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
