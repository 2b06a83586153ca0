/** What each role allows; the names are scopes of a token. */
export const ROLES: Record<string, { description: string; permissions: readonly string[] }> = {
  user: { description: 'Everyone with an account', permissions: [] },
  support: {
    description: 'Helps people with their accounts',
    permissions: ['users:read', 'users:write', 'sessions:write', 'notifications:read'],
  },
  admin: {
    description: 'Runs this installation',
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
