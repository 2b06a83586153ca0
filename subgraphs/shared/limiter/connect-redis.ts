import { Redis } from 'ioredis'
import type { Logger } from '../log/logger.js'
import { reconnectDelayMs } from '../runtime/reconnect-delay.js'

/** A connection for limits: it answers or fails at once, since a limiter has an insurance and a queue has none. */
export function connectRedis(url: string | undefined, log: Logger): Redis | null {
  if (!url) return null
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 2000,
    commandTimeout: 500,
    retryStrategy: reconnectDelayMs,
  })
  redis.on('error', (err) => log.warn({ event: 'redis.error', err }))
  return redis
}
