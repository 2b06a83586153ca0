import type { Once } from '../idempotency/once.js'

/** As for a request without an `Idempotency-Key`. */
export const withoutKey: Once = (_, { act }) => act()
