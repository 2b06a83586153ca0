import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'
import type { ErrorCode } from '../../subgraphs/shared/errors/codes.js'
import type { Viewer } from '../../subgraphs/shared/identity/viewer.js'
import { operations } from '../../subgraphs/shared/metrics/registry.js'
import type { Answer, AnswerOperation } from '../answer-operation.js'
import { DocumentRefused, LimitReached, WantsPost } from '../document-refused.js'
import type { OperationFacts } from '../guard/facts.js'
import type { Refusals } from '../guard/refusals.js'
import type { VerifyAccessToken } from '../identity/access-token.js'
import type { EndedSessions } from '../identity/ended-sessions.js'
import type { RequestHolder } from '../subgraphs/request-holder.js'
import { withinTime } from '../within-time.js'
import type { AccessLog } from './access-log.js'
import { tellAllowance } from './allowance.js'
import { clientIp } from './client-ip.js'
import type { Cookies } from './cookies.js'
import { refusal } from './mask-errors.js'
import { type GraphQLBody, isPlainJson, readBearer, readBody, readIdempotencyKey } from './read-request.js'
import { STATUS } from './status-codes.js'

/** From the headers to the answer; a subgraph, a limiter or auth that hangs costs no more (SECURITY 2.8). */
const TOTAL_MS = 10_000
const MAX_LOGGED_NAME = 64
const RESPONSE_TYPE = 'application/graphql-response+json'

export type GraphQLDeps = {
  answer: AnswerOperation
  verifyAccessToken: VerifyAccessToken
  endedSessions: Pick<EndedSessions, 'isRefused' | 'poke'>
  refusals: Pick<Refusals, 'note'>
  cookies: Cookies
  isAllowedOrigin: (origin: string) => boolean
  /** Whether a refused document may be told what is wrong with it. */
  showHints: boolean
  accessLog: AccessLog
}

/** POST /graphql: one operation in, one answer out. */
export function addGraphQLRoute(server: FastifyInstance, deps: GraphQLDeps): void {
  server.post('/graphql', {
    onRequest: async (request, reply) => refuseOtherTypes(request, reply),
    handler: (request, reply) => answerHttp(request, reply, { ...deps, read: () => readBody(request.body) }),
  })
}

/** Whatever is no plain JSON, and so could come from a page of another origin unasked (SECURITY 2.1, 2.2). */
export async function refuseOtherTypes(request: FastifyRequest, reply: FastifyReply) {
  if (!isPlainJson(request)) return refuse(request, reply, new AppError('BAD_USER_INPUT'), 415)
}

type Reading = GraphQLDeps & { read: () => GraphQLBody }

/** Answers the operation that a request holds, wherever in it that is. */
export async function answerHttp(request: FastifyRequest, reply: FastifyReply, deps: Reading) {
  const stopTimer = operations.startTimer()
  try {
    const answered = await withinTime(TOTAL_MS, answerRequest(request, deps))
    if (mayEndSessions(answered)) deps.endedSessions.poke()

    const { answer, facts, allowance, holder } = answered
    stopTimer({ outcome: answer.errors ? 'errors' : 'ok' })
    tellAllowance(reply, allowance)
    return send(request, reply, {
      status: statusOf(answer, request),
      body: answer,
      facts,
      cookies: deps.cookies.write(holder.cookieChanges),
    })
  } catch (error) {
    stopTimer({ outcome: 'refused' })
    if (!(error instanceof AppError)) throw error
    return refuse(request, reply, error, statusOfRefusal(error, request), deps.showHints)
  }
}

async function answerRequest(request: FastifyRequest, deps: Reading) {
  const holder = await openHolder(request, deps).catch((error: unknown) => {
    const ip = clientIp(request)
    if (error instanceof AppError) deps.refusals.note({ code: error.code, field: '', viewer: null, ip })
    throw error
  })
  const cameAs = holder.caller.viewer // whoever signs in is another from there on
  const body = deps.read()
  const { answer, facts, allowance } = await deps.answer(body, holder)
  noteOperation(deps, request, { facts, name: body.operationName })
  return { answer, facts, allowance, holder, cameAs }
}

/** An operation that could not begin, its variables being wrong, was not executed: it has no data, not even null. */
function statusOf({ data, errors }: Answer, request: FastifyRequest): number {
  const code = errors?.[0]?.extensions.code
  return data === undefined && code ? statusOfFaulty(code, request) : 200
}

function statusOfRefusal(error: AppError, request: FastifyRequest): number {
  if (error instanceof WantsPost) return 405
  return error instanceof DocumentRefused ? statusOfFaulty(error.code, request) : STATUS[error.code]
}

/**
 * Of an operation that means nothing. A client that takes `application/json` and no newer type is told with 200, as it was
 * before there was one (GraphQL over HTTP, section 6.4.1); it would take anything else for an answer of some proxy.
 */
function statusOfFaulty(code: ErrorCode, { headers: { accept = '' } }: FastifyRequest): number {
  const isOfOld = accept.includes('application/json') && !accept.includes(RESPONSE_TYPE)
  return isOfOld && code === 'BAD_USER_INPUT' ? 200 : STATUS[code]
}

/** Who asks, and with what: a bad token is refused here, even where anonymous would do (SECURITY 1.4). */
async function openHolder(request: FastifyRequest, deps: GraphQLDeps): Promise<RequestHolder> {
  const cookies = deps.cookies.read(request.headers.cookie)
  const origin = request.headers.origin ?? null
  const bearsCookies = cookies.refreshToken !== undefined || cookies.deviceToken !== undefined
  if (bearsCookies && origin !== null && !deps.isAllowedOrigin(origin)) throw new AppError('FORBIDDEN')

  return {
    caller: {
      requestId: request.id,
      viewer: await viewerOf(request, deps),
      clientIp: clientIp(request),
      userAgent: request.headers['user-agent']?.slice(0, 256) ?? null,
      origin,
    },
    cookies,
    idempotencyKey: readIdempotencyKey(request),
    startsSession: null,
    cookieChanges: [],
  }
}

async function viewerOf(request: FastifyRequest, { verifyAccessToken, endedSessions }: GraphQLDeps) {
  const token = readBearer(request)
  if (token === null) return null
  const verified = await verifyAccessToken(token)
  if (await endedSessions.isRefused(verified)) throw new AppError('UNAUTHENTICATED')
  return verified.viewer
}

type Answered = { facts: OperationFacts; holder: RequestHolder; cameAs: Viewer | null }

/**
 * The set of ended sessions is looked at right after what may have ended some, instead of within half a second. Not after a sign-in
 * or a refresh, which mostly end none, or the oldest of too many: a look for each would ask auth as often as they do.
 */
const mayEndSessions = ({ facts, holder, cameAs }: Answered): boolean =>
  facts.operation === 'mutation' &&
  (cameAs !== null || holder.cookieChanges.some(({ value }) => value === null))

type Noted = { facts: OperationFacts; name: string | undefined }

function noteOperation({ accessLog }: GraphQLDeps, request: FastifyRequest, { facts, name }: Noted): void {
  accessLog.note(request, {
    operation: facts.operation,
    ...(name && { name: name.slice(0, MAX_LOGGED_NAME) }),
    fields: facts.rootFields.map((field) => field.name),
  })
}

type Response = { status: number; body: object; facts?: OperationFacts; cookies?: string[] }

function send(request: FastifyRequest, reply: FastifyReply, { status, body, facts, cookies = [] }: Response) {
  const publicAge =
    'errors' in body || cookies.length > 0 ? null : (facts?.publicCache?.maxAgeSeconds ?? null)
  if (cookies.length > 0) reply.header('set-cookie', cookies)

  const accepts = request.headers.accept ?? ''
  return reply
    .code(status)
    .header('cache-control', publicAge === null ? 'no-store' : `public, max-age=${publicAge}`)
    .header(
      'content-type',
      `${accepts.includes(RESPONSE_TYPE) ? RESPONSE_TYPE : 'application/json'}; charset=utf-8`,
    )
    .send(JSON.stringify(body))
}

export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  error: AppError,
  status: number,
  showHints = false,
) {
  if (error instanceof LimitReached) tellAllowance(reply, error.allowance)
  const { retryAfterSeconds } = error.details
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  if (status === 405) reply.header('allow', 'POST')
  if (error.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer')

  const masked = refusal(error, request.id)
  const hints = showHints && error instanceof DocumentRefused ? error.hints : []
  // A developer is told what is wrong with the document; graphql's own words, without its guesses.
  const errors = hints.length > 0 ? hints.map((message) => ({ ...masked, message })) : [masked]
  return send(request, reply, { status, body: { errors } })
}
