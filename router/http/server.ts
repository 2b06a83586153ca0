import { randomUUID } from 'node:crypto'
import type { ServerOptions } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import type { ErrorCode } from '../../subgraphs/shared/errors/codes.js'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import { clientsCutOff } from '../../subgraphs/shared/metrics/registry.js'
import { refuse } from './graphql-route.js'
import { HSTS } from './page-headers.js'
import { STATUS } from './status-codes.js'
import type { Tls } from './tls.js'

const BODY_LIMIT = 100 * 1024
const HEADER_LIMIT = 16 * 1024
const URL_LIMIT = 2048
const LOOK_MS = 500

type Options = { trustedHops: number; log: Logger; tls?: Tls | undefined }

/** Figures of SECURITY 2.1. */
export function createServer({ trustedHops, log, tls }: Options): FastifyInstance {
  const server = fastify({
    ...listener(tls),
    logger: false,
    bodyLimit: BODY_LIMIT,
    // The last hops of `X-Forwarded-For` are written by our own proxies; what stands before them is anybody's.
    trustProxy: (_address: string, hop: number) => hop < trustedHops,
    // Ids are ours: one that came from outside could collide, or carry something into the log.
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    routerOptions: { maxParamLength: 200 },
    // What fastify and Node refuse by themselves is answered in our words too: theirs name them, and repeat the path.
    frameworkErrors: (_, request, reply) => refuse(request, reply, new AppError('BAD_USER_INPUT'), 400),
    clientErrorHandler: refuseUnread,
  })

  tls?.keepFresh(server.server as unknown as TlsServer) // it is one: `listener` asked for it
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (tls) reply.header('strict-transport-security', HSTS)
    // A whole address, or one with a fragment, is routed by a part of it: rules for paths would see another than is served.
    const isPath = request.url.startsWith('/') && !request.url.includes('#')
    if (!isPath || request.url.length > URL_LIMIT) {
      return refuse(request, reply, new AppError('BAD_USER_INPUT'), 400)
    }
  })
  server.setNotFoundHandler((request, reply) => {
    const known = request.url.split('?')[0] === '/graphql'
    return known ? reply.code(405).header('allow', 'POST').send() : reply.code(404).send()
  })
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const code = codeOf(error)
    if (code === 'INTERNAL_SERVER_ERROR')
      log.error({ event: 'request.failed', requestId: request.id, err: error })
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : STATUS[code]
    return refuse(request, reply, error instanceof AppError ? error : new AppError(code), status)
  })
  return server
}

/** How it listens. Fastify knows by the name of the options which kind it is; its types know it of nobody who may be either. */
function listener(tls: Tls | undefined): { http: ServerOptions } {
  // How long a client may take is said by `cutSlowClients`; Node would look every 30 s alone.
  const options = { maxHeaderSize: HEADER_LIMIT, connectionsCheckingInterval: LOOK_MS }
  return tls
    ? ({ https: { ...options, ...tls.options } } as object as { http: ServerOptions })
    : { http: options }
}

const UNREAD: Record<string, { reason: string; status: string }> = {
  HPE_HEADER_OVERFLOW: { reason: 'large-headers', status: '431 Request Header Fields Too Large' },
  ERR_HTTP_REQUEST_TIMEOUT: { reason: 'slow-request', status: '408 Request Timeout' },
  ERR_TLS_HANDSHAKE_TIMEOUT: { reason: 'slow-handshake', status: '408 Request Timeout' },
}

/** Of whoever left by themselves, be it in the middle of a word; they were not cut off. */
const LEFT = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'HPE_INVALID_EOF_STATE']
/** Said by the other side: it does not like our certificate. */
const ALERT = /^ERR_SSL_\w*_ALERT_/

const hasLeft = (code: string): boolean => LEFT.includes(code) || ALERT.test(code)

function readFault(code: string): { reason: string; status: string } {
  const reason = code.startsWith('ERR_SSL_') ? 'no-tls' : 'no-http'
  return UNREAD[code] ?? { reason, status: '400 Bad Request' }
}

/** Answers what is no HTTP request, or too much of one, with a status alone. */
function refuseUnread({ code = '' }: Error & { code?: string }, socket: Socket): void {
  const { reason, status } = readFault(code)
  if (!hasLeft(code)) clientsCutOff.inc({ reason })
  if (code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  socket.destroy()
}

function codeOf(error: FastifyError): ErrorCode {
  if (error instanceof AppError) return error.code
  return error.statusCode && error.statusCode < 500 ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR'
}
