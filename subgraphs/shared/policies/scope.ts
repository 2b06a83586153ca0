import type { Policy } from './policy.js'

/** Names like `users:read`, with a colon, which no policy has. They are rules of their own, so that a row policy can say "or who holds this scope". */
export const isScopeName = (name: string): boolean => /^[^\s:]+(:[^\s:]+)+$/.test(name)

export const scope = (name: string): Policy => ({
  says: `who holds the scope ${name}`,
  mayHold: ({ scopes }) => scopes.includes(name),
})
