import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import { AppError } from '../../subgraphs/shared/errors/app-error.js'

const JSON_UTF8 = /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i
const MAX_IDEMPOTENCY_KEY = 128

const Body = z.object({
  query: z.string().min(1).nullish(),
  documentId: z.string().min(1).max(256).nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
  extensions: z
    .object({ persistedQuery: z.object({ sha256Hash: z.string().min(1).max(256) }).nullish() })
    .nullish(),
})

export type GraphQLBody = {
  /** The operation itself, or the id of one that is persisted. */
  query: string | { id: string }
  variables: Record<string, unknown>
  operationName: string | undefined
  /** By GET comes only what anybody may keep. */
  byGet?: boolean
}

/** Whether a body may be read at all; anything but plain JSON would get by without a CORS preflight (SECURITY 2.1, 2.2). */
export const isPlainJson = ({ headers }: FastifyRequest): boolean =>
  JSON_UTF8.test(headers['content-type'] ?? '') && headers['content-encoding'] === undefined

/** The operation in a body. A batch of operations is none. */
export function readBody(body: unknown): GraphQLBody {
  const read = Body.safeParse(body)
  if (!read.success) throw new AppError('BAD_USER_INPUT')
  const { query, documentId, variables, operationName, extensions } = read.data
  const id = documentId ?? extensions?.persistedQuery?.sha256Hash
  if (!query && !id) throw new AppError('BAD_USER_INPUT')
  return {
    query: query || { id: id ?? '' },
    variables: variables ?? {},
    operationName: operationName ?? undefined,
  }
}

/** The bearer token; null when none was sent. A header that is something else is refused, not passed over. */
export function readBearer({ headers }: FastifyRequest): string | null {
  const { authorization } = headers
  if (authorization === undefined) return null
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1]
  if (!token) throw new AppError('UNAUTHENTICATED')
  return token
}

export function readIdempotencyKey({ headers }: FastifyRequest): string | null {
  const key = headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || key.length === 0 || key.length > MAX_IDEMPOTENCY_KEY) {
    throw new AppError('BAD_USER_INPUT', { field: 'Idempotency-Key' })
  }
  return key
}
