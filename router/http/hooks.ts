import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { CallClient } from '../../subgraphs/shared/calls/define-calls.js'
import type { notificationsCalls } from '../../subgraphs/shared/contracts/notifications.js'
import { withinTime } from '../within-time.js'
import { pageHeaders } from './page-headers.js'

export type TakeHook = CallClient<typeof notificationsCalls.calls>['takeHook']

type Deps = {
  takeHook: TakeHook
  /** How the installation is known outside: what a provider signs begins with it, whatever the Host header says. */
  publicUrl: string
}

const BODY_LIMIT = 64 * 1024
const TOTAL_MS = 10_000
const TOKEN = /^[\w-]{1,200}$/
const PROVIDER = /^[a-z]{1,32}$/

/** What signatures stand in, and what says how to read the body. No cookie, and no other header, goes inside. */
const HANDED_ON = [
  ...['content-type', 'authorization', 'x-twilio-signature'],
  ...['webhook-id', 'webhook-timestamp', 'webhook-signature'],
]

const STATUS = { TAKEN: 204, UNKNOWN: 404, UNSIGNED: 401, FAULTY: 400 } as const

/**
 * POST /hooks/<provider>: what those who carry messages tell us. It is handed on as it came; notifications knows who may say
 * what. Nobody is signed in here, so an `authorization` header is no bearer of ours, and no page's form can do any harm.
 */
export function addHooks(server: FastifyInstance, { takeHook, publicUrl }: Deps): void {
  const { origin } = new URL(publicUrl)

  server.register((scope, _, done) => {
    // Bytes, whatever they say they are: a signature is of these, and not of what a parser made of them.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) => body)

    scope.post<{ Params: { provider: string } }>(
      '/hooks/:provider',
      { bodyLimit: BODY_LIMIT },
      async (request, reply) => {
        const { provider } = request.params
        reply.header('cache-control', 'no-store')
        if (!PROVIDER.test(provider)) return reply.code(404).send()

        const hook = {
          ...{ provider, url: `${origin}${request.url}`, headers: headersOf(request) },
          body: Buffer.isBuffer(request.body) ? request.body.toString('base64') : '',
        }
        const { outcome } = await withinTime(TOTAL_MS, takeHook(hook))
        return reply.code(STATUS[outcome]).send()
      },
    )
    scope.get<{ Querystring: { token?: unknown } }>('/hooks/unsubscribe', async ({ query }, reply) =>
      pageHeaders(reply).redirect(pageOf(query.token)),
    )
    done()
  })
}

/**
 * Who opens the link of `List-Unsubscribe` in a browser is shown a page with a button: opening one acts on nothing, since programs
 * open links too (RFC 8058). From there on the token is in the fragment, like those of other links.
 */
const pageOf = (token: unknown): string =>
  typeof token === 'string' && TOKEN.test(token)
    ? `/account/unsubscribe#token=${token}`
    : '/account/unsubscribe'

const headersOf = ({ headers }: FastifyRequest): Record<string, string> =>
  Object.fromEntries(
    HANDED_ON.flatMap((name) => {
      const value = headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
