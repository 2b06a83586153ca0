import { randomUUID } from 'node:crypto'
import type { Caller } from './viewer.js'

/** Who asks when nobody does: a worker, a sweeper, a start. */
export const insideCaller = (): Caller => ({
  requestId: `in-${randomUUID()}`,
  viewer: null,
  clientIp: '127.0.0.1',
  userAgent: null,
  origin: null,
})
