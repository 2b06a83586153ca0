/** How long somebody stays signed in, from the longest to the shortest; auth says how long each is (SECURITY 5.3). */
const SESSION_LIVES = ['LONG', 'SHORT', 'SHORTEST'] as const

export type SessionLife = (typeof SESSION_LIVES)[number]

export type Role = {
  name: string
  description: string
  /** Scopes of a token. */
  permissions: readonly string[]
  sessionLife: SessionLife
  /** It allows nothing to whoever has not shown a second factor. */
  requiresMfa: boolean
}

/** Those that every installation has. A setting says which of them demand a second factor; none does by itself, or nobody could be the first administrator. */
export const BUILT_IN_ROLES: readonly Role[] = [
  {
    name: 'user',
    description: 'Everyone with an account',
    permissions: [],
    sessionLife: 'LONG',
    requiresMfa: false,
  },
  {
    name: 'support',
    description: 'Helps people with their accounts',
    ...{ sessionLife: 'SHORT', requiresMfa: false },
    permissions: ['users:read', 'users:write', 'sessions:write', 'notifications:read'],
  },
  {
    name: 'admin',
    description: 'Runs this installation',
    ...{ sessionLife: 'SHORTEST', requiresMfa: false },
    permissions: [
      ...['users:read', 'users:write', 'sessions:write'],
      ...['notifications:read', 'notifications:send', 'notifications:write'],
      ...[
        'clients:read',
        'clients:write',
        'users:delete',
        'mfa:reset',
        'audit:read',
        'roles:write',
        'keys:write',
      ],
    ],
  },
]

export type Roles = {
  names: readonly string[]
  has(name: string): boolean
  /** For people to read; a role that is not known any more allows nothing. */
  describe(name: string): { name: string; description: string | null; permissions: readonly string[] }
  /** All that these roles allow, each once. */
  scopesOf(names: readonly string[]): string[]
  /** Those that demand no second factor: what is left to whoever has shown none. */
  withoutMfa(names: readonly string[]): string[]
  /** The same without those roles that demand a second factor. */
  scopesWithoutMfaOf(names: readonly string[]): string[]
  /** Whether any of these roles demands one. */
  requireMfa(names: readonly string[]): boolean
  /** The shortest that any of these roles asks for. */
  sessionLifeOf(names: readonly string[]): SessionLife
  /** Whether who has these scopes may do as much as these roles allow: give them, or act on somebody who has them. */
  areCoveredBy(scopes: readonly string[], names: readonly string[]): boolean
}

type Covers = (held: readonly string[], others: readonly string[]) => boolean

/** The built-in roles and those that the operator has defined; `demanding` names those that demand a second factor beside what they say. */
export function makeRoles(
  defined: readonly Role[],
  covers: Covers,
  demanding: readonly string[] = [],
): Roles {
  const all = new Map([...BUILT_IN_ROLES, ...defined].map((role) => [role.name, role]))
  const scopesOf = (names: readonly string[]) => [
    ...new Set(names.flatMap((name) => all.get(name)?.permissions ?? [])),
  ]

  const demandsMfa = (name: string) => all.get(name)?.requiresMfa === true || demanding.includes(name)
  /** A role that demands a second factor lets nobody stay for as long as one that does not (SECURITY 5.3). */
  const lifeOf = (name: string): SessionLife => {
    const { sessionLife = 'LONG' } = all.get(name) ?? {}
    return sessionLife === 'LONG' && demandsMfa(name) ? 'SHORT' : sessionLife
  }
  const withoutMfa = (names: readonly string[]) => names.filter((name) => !demandsMfa(name))

  return {
    names: [...all.keys()],
    has: (name) => all.has(name),
    describe(name) {
      const role = all.get(name)
      return { name, description: role?.description ?? null, permissions: role?.permissions ?? [] }
    },
    scopesOf,
    withoutMfa,
    scopesWithoutMfaOf: (names) => scopesOf(withoutMfa(names)),
    requireMfa: (names) => names.some(demandsMfa),
    sessionLifeOf(names) {
      const lives = names.map((name) => SESSION_LIVES.indexOf(lifeOf(name)))
      return SESSION_LIVES[Math.max(0, ...lives)] ?? 'LONG'
    },
    areCoveredBy: (scopes, names) => covers(scopes, scopesOf(names)),
  }
}
