import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Asked, createAccounts, type Reply } from './accounts-stub.js'

/** A server that speaks the router's protocol on a port of its own: bearer tokens, cookies, refusals, statuses. */
export async function startRouterStub() {
  const seen: Asked[] = []
  const scripted = new Map<string, Reply[]>()
  const gates = new Map<string, { arrive: () => void; departure: Promise<void> }[]>()
  const accounts = createAccounts()

  const server = createServer(async (request, response) => {
    const { operationName: operation, variables } = JSON.parse(await bodyOf(request))
    const asked: Asked = { operation, variables, headers: request.headers }
    seen.push(asked)
    const gate = gates.get(operation)?.shift()
    const reply = scripted.get(operation)?.shift() ?? accounts.answer(asked)
    gate?.arrive()
    await gate?.departure
    send(response, reply)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  // An address says its port once the server listens.
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/graphql`,
    seen,
    accounts,
    count: (operation: string) => seen.filter((request) => request.operation === operation).length,
    last: (operation: string) => seen.findLast((request) => request.operation === operation),
    /** The next answer to an operation, whatever it asks. */
    script: (operation: string, reply: Reply) =>
      scripted.set(operation, [...(scripted.get(operation) ?? []), reply]),
    /** Holds back the next answer to an operation until it is released. */
    hold(operation: string): { arrived: Promise<void>; release: () => void } {
      const arrival = openPromise()
      const departure = openPromise()
      const gate = { arrive: arrival.resolve, departure: departure.promise }
      gates.set(operation, [...(gates.get(operation) ?? []), gate])
      return { arrived: arrival.promise, release: departure.resolve }
    },
    stop: () =>
      new Promise<void>((stopped) => {
        server.close(() => stopped())
        server.closeAllConnections()
      }),
  }
}

export type RouterStub = Awaited<ReturnType<typeof startRouterStub>>

function openPromise() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  response.writeHead(status, {
    'content-type': 'application/graphql-response+json; charset=utf-8',
    ...headers,
  })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
