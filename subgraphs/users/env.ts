import * as z from 'zod'
import { AppsEnv, pagesOf } from '../shared/env/apps.js'
import {
  CommonEnv,
  domainList,
  jwk,
  LinksEnv,
  list,
  PeersEnv,
  port,
  QueueEnv,
  SmsEnv,
  secretBytes,
  unlessEmpty,
} from '../shared/env/fragments.js'
import { jsonFile } from '../shared/env/json-file.js'
import { type EnvSource, readEnv } from '../shared/env/read-env.js'
import { AttributesFile } from './attributes-file.js'
import { ClaimsFile } from './claims-file.js'
import { BUILT_IN_ROLES } from './domain/roles.js'
import { RolesFile } from './roles-file.js'

export const UsersSettings = z.object({
  ...CommonEnv.shape,
  ...QueueEnv.shape,
  ...LinksEnv.shape,
  ...AppsEnv.shape,
  ...PeersEnv.shape,
  ...SmsEnv.shape,
  USERS_DATABASE_URL: z.url(),
  /** How long a person may change their mind about deleting their account; days. */
  ACCOUNT_DELETION_GRACE_DAYS: z.coerce.number().int().min(0).max(365).default(30),
  USERS_PORT: port.default(4101),
  /** Loopback, or a private interface; never one that clients reach. */
  SUBGRAPH_HOST: z.string().default('127.0.0.1'),
  /** Vouches for this subgraph's calls to others. */
  USERS_PRIVATE_KEY: jwk,
  /** Digests what must be recognised and not read again; keys the chain of the audit log. 32 bytes, base64url. */
  USERS_KEY: secretBytes,
  /** Secrets for a mailbox are sealed to this key. */
  NOTIFICATIONS_PUBLIC_KEY: jwk,
  /** Who may register by themselves: everyone, nobody without an invitation, or who has an address at one of the domains. */
  SIGN_UP: z.enum(['open', 'invitation', 'domains']).default('open'),
  SIGN_UP_DOMAINS: domainList,
  /** The terms that whoever registers must have accepted; empty asks for none. */
  TERMS_VERSION: z.string().trim().max(64).default(''),
  /** Roles beside the built-in ones. */
  ROLES_FILE: unlessEmpty(jsonFile(RolesFile)),
  /** Built-in roles that demand a second factor; those of the file say so themselves. */
  MFA_REQUIRED_ROLES: list,
  /** What is kept of people beyond our own fields. */
  ATTRIBUTES_FILE: unlessEmpty(jsonFile(AttributesFile)),
  /** The page that invitations open, when it is not ours. */
  INVITATION_URL: unlessEmpty(z.url()),
  /** Claims of access tokens beside our own. */
  CLAIMS_FILE: unlessEmpty(jsonFile(ClaimsFile)),
})

const UsersEnv = UsersSettings.check(({ value, issues }) => {
  for (const [path, message] of [...signUpFaults(value), ...roleFaults(value), ...claimFaults(value)]) {
    issues.push({ code: 'custom', path, message, input: null })
  }
}).transform((env) => ({ ...env, LINK_URLS: [...env.LINK_URLS, ...pagesOf(env)] }))

export type UsersEnv = z.output<typeof UsersEnv>

export const readUsersEnv = (source: EnvSource = process.env): UsersEnv => readEnv(UsersEnv, source)

/** What an operator's commands need of it. */
const UsersOperatorEnv = z.object({
  ...UsersSettings.pick({ USERS_DATABASE_URL: true, USERS_KEY: true, ROLES_FILE: true }).shape,
  ...UsersSettings.pick({ PUBLIC_URL: true, INVITATION_URL: true }).shape,
  /** Only who invites needs it. */
  NOTIFICATIONS_PUBLIC_KEY: jwk.optional(),
})

export type UsersOperatorEnv = z.output<typeof UsersOperatorEnv>

export const readUsersOperatorEnv = (source: EnvSource): UsersOperatorEnv => readEnv(UsersOperatorEnv, source)

type Settings = z.output<typeof UsersSettings>
type Fault = [path: (string | number)[], message: string]

/** `domains` that names none would be closed without saying so; domains that nobody looks at would seem to close it. */
const signUpFaults = ({ SIGN_UP, SIGN_UP_DOMAINS }: Settings): Fault[] =>
  (SIGN_UP === 'domains') === SIGN_UP_DOMAINS.length > 0
    ? []
    : [[['SIGN_UP_DOMAINS'], 'must be set with SIGN_UP=domains, and only then']]

/** A name with a typing mistake would demand nothing, and nobody would see it. */
const roleFaults = ({ MFA_REQUIRED_ROLES }: Settings): Fault[] =>
  MFA_REQUIRED_ROLES.every((name) => BUILT_IN_ROLES.some((role) => role.name === name))
    ? []
    : [[['MFA_REQUIRED_ROLES'], 'must be a list of built-in roles']]

/**
 * A claim of a role that there is not would say false of everybody. A token is handed to the person, so what its owner may
 * not see is no claim.
 */
function claimFaults({ CLAIMS_FILE = [], ROLES_FILE = [], ATTRIBUTES_FILE = [] }: Settings): Fault[] {
  const roles = new Set([...BUILT_IN_ROLES, ...ROLES_FILE].map(({ name }) => name))
  const visible = ATTRIBUTES_FILE.filter(({ visibleToOwner }) => visibleToOwner)
  const places = new Set(
    visible.flatMap(({ namespace, attributes }) =>
      [...attributes.keys()].map((key) => `${namespace}:${key}`),
    ),
  )
  return CLAIMS_FILE.flatMap((rule, index): Fault[] => {
    if ('role' in rule && !roles.has(rule.role)) return [[['CLAIMS_FILE', index, 'role'], 'is no role']]
    if ('attribute' in rule && !places.has(rule.attribute)) {
      return [[['CLAIMS_FILE', index, 'attribute'], 'is no attribute that its owner may see']]
    }
    return []
  })
}
