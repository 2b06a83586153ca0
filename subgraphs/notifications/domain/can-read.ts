type Reader = { userId: string; scopes: readonly string[] }

const SCOPES = ['users:read', 'notifications:read']

/** A message is its recipient's, and theirs who may read everyone's. */
export const canRead = (reader: Reader | null, message: { userId: string | null }): boolean =>
  reader !== null &&
  (reader.userId === message.userId || SCOPES.some((scope) => reader.scopes.includes(scope)))
