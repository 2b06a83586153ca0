import { type Answer, readAnswer } from './answer.js'
import { UsergraphError } from './errors.js'
import type { TypedDocument } from './typed-document.js'

export type ExecuteOptions = {
  signal?: AbortSignal
  /** Makes sending `register` or `generateOtp` again safe: one effect, the same answer. */
  idempotencyKey?: string
}

export type Operation<Result, Variables> = ExecuteOptions & {
  document: TypedDocument<Result, Variables>
  variables: Variables
  accessToken?: string | null
}

export type Send = <Result, Variables>(operation: Operation<Result, Variables>) => Promise<Answer<Result>>

export type TransportOptions = {
  url: string
  credentials: 'include' | 'omit'
  headers: Readonly<Record<string, string>>
  fetch: typeof globalThis.fetch
  timeoutMs: number
}

/** One operation over HTTP, once: no token but the given one, no second try. */
export function createTransport(options: TransportOptions): Send {
  const { url, credentials, fetch } = options

  return async (operation) => {
    operation.signal?.throwIfAborted()
    try {
      const response = await fetch(url, {
        method: 'POST',
        credentials,
        // What is sent holds secrets; no redirect may carry them elsewhere.
        redirect: 'error',
        headers: headersOf(operation, options.headers),
        body: bodyOf(operation),
        signal: signalOf(operation, options.timeoutMs),
      })
      return readAnswer(response, parse(await response.text()))
    } catch (cause) {
      // Whoever gave up gets their own reason back.
      operation.signal?.throwIfAborted()
      throw cause instanceof UsergraphError ? cause : new UsergraphError({ code: 'UNREACHABLE' }, { cause })
    }
  }
}

type Sent = Omit<Operation<never, never>, 'document' | 'variables'> & { document: string; variables: unknown }

const headersOf = ({ accessToken, idempotencyKey }: Sent, always: Readonly<Record<string, string>>) => ({
  ...always,
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json',
  ...(accessToken && { authorization: `Bearer ${accessToken}` }),
  ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
})

/** The name lets the server's log say what was asked. */
const bodyOf = ({ document, variables }: Sent) =>
  JSON.stringify({
    query: document,
    variables,
    operationName: /^\s*(?:query|mutation)\s+(\w+)/.exec(document)?.[1],
  })

function signalOf({ signal }: Sent, timeoutMs: number): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // a page of a proxy, or nothing at all
  }
}
