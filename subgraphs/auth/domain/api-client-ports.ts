import type { Actor } from '../../shared/audit/act.js'

/** A machine caller, such as a service that sends messages. */
export type ApiClient = {
  id: string
  name: string
  scopes: string[]
  createdAt: Date
  lastUsedAt: Date | null
  secretRotatedAt: Date
}

/** A secret as it is stored. */
export type NewClientSecret = { id: string; digest: Uint8Array }

export type ApiClientStore = {
  create(
    client: Pick<ApiClient, 'id' | 'name' | 'scopes'>,
    secret: NewClientSecret,
    by: Actor,
  ): Promise<ApiClient>
  /** Ends the secret in force and puts this one in its place; null where there is no such client. */
  rotateSecret(id: string, secret: NewClientSecret, by: Actor): Promise<ApiClient | null>
  /** Ends its secret too. */
  delete(id: string, by: Actor): Promise<boolean>
  /** Who has this secret; null for an unknown client and for a wrong secret. Says when it was last used. */
  authenticate(id: string, digest: Uint8Array): Promise<{ secretId: string; scopes: string[] } | null>
  isSecretActive(id: string): Promise<boolean>
  find(id: string): Promise<ApiClient | null>
  /** Newest first, with one row more than the page. */
  list(page: { first: number; after: string | null }): Promise<ApiClient[]>
}
