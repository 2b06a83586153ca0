import type { FastifyReply } from 'fastify'

/** A year of TLS alone, here and below (SECURITY 10.4). Browsers heed it over TLS only. */
export const HSTS = 'max-age=31536000; includeSubDomains'

/** Headers of every page (SECURITY 10.4). `extra` widens the policy where a page cannot do without. */
export function pageHeaders(reply: FastifyReply, extra: readonly string[] = []): FastifyReply {
  const policy = [
    "default-src 'none'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(extra.length > 0 ? extra : ["script-src 'self'", "style-src 'self'", "img-src 'self'"]),
  ]
  return reply
    .header('content-security-policy', policy.join('; '))
    .header('strict-transport-security', HSTS)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cache-control', 'no-store')
}
