import { AppError } from '../../shared/errors/app-error.js'
import type { NetworkFailures } from './failure-ports.js'

/** Takes one of the failures that a client network may have, before anything is checked; RATE_LIMITED where it has none left. */
export async function pay(network: NetworkFailures, ip: string): Promise<void> {
  const taken = await network.take(ip)
  if (taken.kind === 'limited') {
    throw new AppError('RATE_LIMITED', { retryAfterSeconds: taken.retryAfterSeconds })
  }
}
