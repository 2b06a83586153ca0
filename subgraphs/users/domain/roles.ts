/** How long somebody stays signed in, from the longest to the shortest; auth says how long each is (SECURITY 5.3). */
const SESSION_LIVES = ['LONG', 'SHORT', 'SHORTEST'] as const

export type SessionLife = (typeof SESSION_LIVES)[number]

type Role = { description: string; permissions: readonly string[]; sessionLife: SessionLife }

/** What each role allows; the names are scopes of a token. */
export const ROLES: Record<string, Role> = {
  user: { description: 'Everyone with an account', permissions: [], sessionLife: 'LONG' },
  support: {
    description: 'Helps people with their accounts',
    sessionLife: 'SHORT',
    permissions: ['users:read', 'users:write', 'sessions:write', 'notifications:read'],
  },
  admin: {
    description: 'Runs this installation',
    sessionLife: 'SHORTEST',
    permissions: [
      ...['users:read', 'users:write', 'sessions:write', 'notifications:read', 'notifications:send'],
      ...['clients:read', 'clients:write', 'audit:read', 'roles:write', 'keys:write'],
    ],
  },
}

/** All that a person's roles allow, each once. A role that is not known allows nothing. */
export const scopesOf = (roles: readonly string[]): string[] => [
  ...new Set(roles.flatMap((role) => ROLES[role]?.permissions ?? [])),
]

/** The shortest that any of a person's roles asks for. */
export function sessionLifeOf(roles: readonly string[]): SessionLife {
  const lives = roles.map((role) => SESSION_LIVES.indexOf(ROLES[role]?.sessionLife ?? 'LONG'))
  return SESSION_LIVES[Math.max(0, ...lives)] ?? 'LONG'
}
