import { AppError } from '../../shared/errors/app-error.js'
import type { Viewer } from '../../shared/identity/viewer.js'
import type { AuthContext } from '../context.js'

/** `@authenticated` has refused everyone else by now. */
export function someone({ viewer }: AuthContext): Viewer {
  if (!viewer) throw new AppError('UNAUTHENTICATED')
  return viewer
}
