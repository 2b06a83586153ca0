import * as z from 'zod'
import { isOwnScope, OWN_SCOPES } from '../shared/identity/scopes.js'
import { BUILT_IN_ROLES, type Role } from './domain/roles.js'

/** All of them travel in a token, which has 4 KiB (SECURITY 4.1). */
const MAX_SCOPES_LENGTH = 1500

const Scope = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}:[a-z][a-z0-9-]{0,31}$/, 'must be a scope such as orders:read')
  .refine((scope) => !isOwnScope(scope) || OWN_SCOPES.includes(scope), 'is no scope of this graph')

const DefinedRole = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens'),
  description: z.string().trim().min(1).max(200),
  permissions: z.array(Scope).max(50),
  /** Whoever has it has to show a second factor (SECURITY 8.6), and is signed in for less (5.3). */
  requiresMfa: z.boolean().default(false),
})

/** Roles that an operator defines beside the built-in ones, which stay as they are. */
export const RolesFile = z
  .array(DefinedRole)
  .max(100)
  .check(({ value, issues }) => {
    const taken = new Set(BUILT_IN_ROLES.map(({ name }) => name))
    for (const [index, { name }] of value.entries()) {
      if (taken.has(name)) {
        const message = 'is the name of a role that there is already'
        issues.push({ code: 'custom', path: [index, 'name'], message, input: null })
      }
      taken.add(name)
    }
    const scopes = new Set(value.flatMap(({ permissions }) => permissions))
    if ([...scopes].join(' ').length > MAX_SCOPES_LENGTH) {
      const message = 'permissions are too many for a token'
      issues.push({ code: 'custom', path: [], message, input: null })
    }
  })
  .transform((roles): Role[] =>
    roles.map((role) => ({ ...role, sessionLife: role.requiresMfa ? 'SHORT' : 'LONG' })),
  )
