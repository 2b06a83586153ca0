import { ID_PREFIXES } from '../ids/type-id.js'

/** The strongest factors a person has enrolled: names of `AuthenticationMethod`, and the level they reach. */
export type StepUp = { methods: readonly string[]; assurance: string }

/** Who is asking, as an access token says it. The router checks the token once; everyone behind it trusts this. */
export type Viewer = {
  /** The person (`usr_…`) or machine client (`cli_…`): the token's `sub`. Or a subject of a further issuer (`ext_…`). */
  userId: string
  /** The session (`ses_…`), or the machine client's secret (`cse_…`), the token belongs to: its `sid`. A further issuer has neither: `ext_…`. */
  sessionId: string
  scopes: readonly string[]
  /** How they signed in (RFC 8176 names): the token's `amr`. */
  methods: readonly string[]
  /** When they last proved who they are; seconds since 1970: the token's `auth_time`. */
  authenticatedAt: number
  /** Assurance level, `aal1` to `aal3`: the token's `acr`. */
  assurance: string
  /** What the person would prove themselves with again; null for who is no person here, and cannot. */
  stepUp: StepUp | null
  /** The application that asked: the token's `client_id`. */
  clientId: string
}

/** Whether a caller is a person. Any other, a machine client or a further issuer's subject, has scopes and no account or session. */
export const isPersonId = (id: string): boolean => id.startsWith(`${ID_PREFIXES.user}_`)

/** What is known of one request besides its GraphQL: who asks, and from where. */
export type Caller = {
  requestId: string
  viewer: Viewer | null
  /** Address of the client as the router sees it, behind the trusted proxies. */
  clientIp: string
  /** At most 256 characters of the client's `User-Agent`. */
  userAgent: string | null
  /** The `Origin` header of a browser; null for a native client. */
  origin: string | null
}
