import { AppError } from '../subgraphs/shared/errors/app-error.js'

/** The work's outcome, or SERVICE_UNAVAILABLE when it takes longer. What is late may still end; nobody hears of it. */
export async function withinTime<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
