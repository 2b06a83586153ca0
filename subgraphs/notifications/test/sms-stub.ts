import type { IncomingMessage, ServerResponse } from 'node:http'
import { startHttpStub } from './http-stub.js'

export type ReceivedText = {
  path: string
  authorization: string
  idempotencyKey: string | null
  /** Of a form or of JSON, as its type says. */
  fields: Record<string, string>
}

type StubAnswer = { status: number; headers?: Record<string, string>; body?: string }

export type SmsStub = {
  url: string
  received: ReceivedText[]
  /** What the next requests get; a message that was taken by default. Null says nothing at all. */
  answerWith(answer: StubAnswer | null): void
  stop(): Promise<void>
}

/** What Twilio, Vonage and a gateway of one's own say of a text that they took. */
const TAKEN: StubAnswer = {
  status: 202,
  body: JSON.stringify({ sid: 'SM1', status: 'queued', message_uuid: 'uuid-1', id: 'own-1' }),
}

/** A server of ours that speaks the shapes of those who carry texts: takes, refuses, defers or stays silent as it is told. */
export async function startSmsStub(): Promise<SmsStub> {
  const received: ReceivedText[] = []
  let answer: StubAnswer | null = TAKEN

  const server = await startHttpStub(async (request, response) => {
    received.push(await read(request))
    if (answer) write(response, answer)
  })

  return {
    ...server,
    received,
    answerWith: (next) => {
      answer = next
    },
  }
}

async function read(request: IncomingMessage): Promise<ReceivedText> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
  return {
    path: `${request.method} ${request.url}`,
    authorization: request.headers.authorization ?? '',
    idempotencyKey: keyOf(request),
    fields: fieldsOf(request.headers['content-type'], Buffer.concat(chunks).toString()),
  }
}

const keyOf = ({ headers }: IncomingMessage): string | null => {
  const key = headers['idempotency-key']
  return typeof key === 'string' ? key : null
}

const fieldsOf = (type: string | undefined, body: string): Record<string, string> =>
  type === 'application/json' ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))

const write = (response: ServerResponse, { status, headers = {}, body = '' }: StubAnswer) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
