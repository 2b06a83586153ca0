import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { examplePage } from './example-page.js'
import { overview } from './overview.js'
import { SCRIPT } from './script.js'

type Messages = { url: string; stop(): Promise<void> }

type Options = { port: number; product: string }

type Page = { type: string; body: string }

/**
 * Every message in every language, side by side, for whoever writes or reads them. A server of its own that only a
 * development set-up starts: nothing of it is in what runs in production.
 */
export async function startMessages({ port, product }: Options): Promise<Messages> {
  const server = createServer((request, response) => {
    const page = pageAt(new URL(request.url ?? '/', 'http://localhost'), product)
    response.writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/plain', ...HEADERS })
    response.end(page?.body ?? 'Not found')
  })
  // Where the port is taken any other is as good: the address is said at the start.
  await listen(server, port).catch(() => listen(server, 0))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

function pageAt({ pathname, searchParams }: URL, product: string): Page | null {
  if (pathname === '/script.js') return { type: 'text/javascript; charset=utf-8', body: SCRIPT }
  const body =
    pathname === '/' ? overview(product, searchParams.get('width')) : examplePage(pathname.slice(1), product)
  return body === null ? null : { type: 'text/html; charset=utf-8', body }
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
