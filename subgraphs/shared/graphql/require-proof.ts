import { AppError } from '../errors/app-error.js'
import { proofLacking } from '../identity/assurance.js'
import { DEFAULT_MAX_AGE_SECONDS } from './enforce-rules.js'
import type { RequestContext } from './request-context.js'

/** What a plain `@assurance` asks for, of a field that needs a fresh proof with some inputs only (SECURITY 5.5). */
export function requireProof({ viewer }: Pick<RequestContext, 'viewer'>): void {
  if (!viewer) throw new AppError('UNAUTHENTICATED')
  const lacking = proofLacking(viewer, [{ level: null, maxAgeSeconds: DEFAULT_MAX_AGE_SECONDS }])
  if (lacking) throw lacking
}
