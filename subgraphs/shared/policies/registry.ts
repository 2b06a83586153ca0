import { person } from './person.js'
import type { Policy } from './policy.js'
import { isScopeName, scope } from './scope.js'
import { self } from './self.js'

/** Policies by the name that `@policy` says. */
export type Policies = Readonly<Record<string, Policy>>

/** Every policy there is, beside scopes: one line and one file each. */
export const POLICIES: Policies = { self, person }

/** Null for a name that stands for nothing; whoever finds one in a schema does not start. */
export function policyNamed(name: string, policies: Policies = POLICIES): Policy | null {
  if (isScopeName(name)) return scope(name)
  return Object.hasOwn(policies, name) ? (policies[name] ?? null) : null
}
