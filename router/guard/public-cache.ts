import { OperationTypeNode } from 'graphql'
import { isProtected, type Rule } from './rule.js'

type Field = { rule: Rule; isRoot: boolean; isLeaf: boolean }

/**
 * Whether an answer may be kept for everyone (SECURITY 2.11): every root field says so with an age, and nothing
 * below is protected, private, or of a type that says nothing.
 */
export function createPublicCacheCheck(operation: OperationTypeNode) {
  let open = operation === OperationTypeNode.QUERY
  let maxAgeSeconds = Number.POSITIVE_INFINITY

  return {
    add(field: Field): void {
      if (isProtected(field.rule) || !isOffered(field)) open = false
      maxAgeSeconds = Math.min(maxAgeSeconds, field.rule.cacheControl?.maxAgeSeconds ?? maxAgeSeconds)
    },

    close(): void {
      open = false
    },

    result(): { maxAgeSeconds: number } | null {
      return open && maxAgeSeconds > 0 && Number.isFinite(maxAgeSeconds) ? { maxAgeSeconds } : null
    },
  }
}

function isOffered({ rule: { cacheControl: hint }, isRoot, isLeaf }: Field): boolean {
  if (isRoot) return hint?.scope === 'PUBLIC' && hint.maxAgeSeconds !== null
  // A value lives as long as its object. An object that says nothing is not kept: its age would be a guess.
  if (!hint) return isLeaf
  return hint.scope !== 'PRIVATE' && (isLeaf || hint.maxAgeSeconds !== null || hint.inheritMaxAge)
}
