import * as z from 'zod'
import { SUBGRAPH_NAMES, type SubgraphName } from '../subgraphs/shared/contracts/subgraph-names.js'
import { AppsEnv, originsOf } from '../subgraphs/shared/env/apps.js'
import { CommonEnv, jwk, originList, port } from '../subgraphs/shared/env/fragments.js'
import { type EnvSource, readEnv } from '../subgraphs/shared/env/read-env.js'

const switchedOn = z.enum(['on', 'off']).optional()

export const RouterSettings = z.object({
  ...CommonEnv.shape,
  PORT: port.default(4000),
  /** This machine alone, until the operator says where clients come from: `0.0.0.0` in a container. */
  HOST: z.string().default('127.0.0.1'),
  MANAGEMENT_PORT: port.default(4001),
  /** Health and metrics are never public (SECURITY 12.6). */
  MANAGEMENT_HOST: z.string().default('127.0.0.1'),
  /** Proxies in front of us, each of which appends to `X-Forwarded-For`. With none the header is not read. */
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
  /** Browser origins that may send requests, besides our own. */
  ALLOWED_ORIGINS: originList,
  /** A certificate with its chain and its key, in PEM form; read again when they change. Without them HTTP is plain: a proxy in front has them. */
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  TLS_MIN_VERSION: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
  ...AppsEnv.shape,
  /** Vouches for what the router says to subgraphs. */
  ROUTER_PRIVATE_KEY: jwk,
  REDIS_URL: z.url().optional(),
  /** Where the mails of a development set-up can be read; the explorer says so. */
  INBOX_URL: z.url().optional(),
  EXPLORER: switchedOn,
  INTROSPECTION: switchedOn,
  /** Which subgraphs make the graph. */
  SUPERGRAPH_CONFIG: z.string().default('supergraph.yaml'),
  /** Manifests of the operations that apps send; a comma between. */
  PERSISTED_OPERATIONS: z
    .string()
    .default('sdk/persisted-operations.json')
    .transform((list) =>
      list
        .split(',')
        .map((path) => path.trim())
        .filter(Boolean),
    ),
  /** Rules that no field of the schema can say; read again when the file changes. */
  ROUTER_CONFIG: z.string().default('router/router.yaml'),
  /** Where a subgraph is, when not where the supergraph's file says. */
  USERS_URL: z.url().optional(),
  AUTH_URL: z.url().optional(),
  PASSWORDS_URL: z.url().optional(),
  OTP_URL: z.url().optional(),
  NOTIFICATIONS_URL: z.url().optional(),
})

const RouterEnv = RouterSettings.check(({ value, issues }) => {
  const faults = [
    ...faultsOfTls(value),
    ...(value.NODE_ENV === 'production' ? faultsInProduction(value) : []),
  ]
  for (const [name, fault] of faults) {
    issues.push({ code: 'custom', path: [name], message: fault, input: null })
  }
}).transform((env) => {
  const open = env.NODE_ENV !== 'production'
  return {
    ...env,
    EXPLORER: open && env.EXPLORER !== 'off',
    INTROSPECTION: open && env.INTROSPECTION !== 'off',
    TLS: tlsOf(env),
    ALLOWED_ORIGINS: [
      ...new Set([new URL(env.PUBLIC_URL).origin, ...env.ALLOWED_ORIGINS, ...originsOf(env)]),
    ],
  }
})

export type RouterEnv = z.output<typeof RouterEnv>

export const readRouterEnv = (source: EnvSource = process.env): RouterEnv => readEnv(RouterEnv, source)

/** Where the settings say a subgraph is; null leaves it to the supergraph's file. */
export function urlSetting(env: RouterEnv, name: string): string | null {
  const known = SUBGRAPH_NAMES.find((each) => each === name)
  return (known && URL_SETTINGS(env)[known]) ?? null
}

const URL_SETTINGS = (env: RouterEnv): Record<SubgraphName, string | undefined> => ({
  users: env.USERS_URL,
  auth: env.AUTH_URL,
  passwords: env.PASSWORDS_URL,
  otp: env.OTP_URL,
  notifications: env.NOTIFICATIONS_URL,
})

type TlsGiven = {
  PUBLIC_URL: string
  TLS_CERT_FILE?: string | undefined
  TLS_KEY_FILE?: string | undefined
}

function faultsOfTls({ PUBLIC_URL, TLS_CERT_FILE, TLS_KEY_FILE }: TlsGiven): [string, string][] {
  if (!TLS_CERT_FILE && !TLS_KEY_FILE) return []
  return faultsOf([
    [!TLS_CERT_FILE, 'TLS_CERT_FILE', 'is needed with TLS_KEY_FILE'],
    [!TLS_KEY_FILE, 'TLS_KEY_FILE', 'is needed with TLS_CERT_FILE'],
    [!PUBLIC_URL.startsWith('https:'), 'PUBLIC_URL', 'must be https where TLS_CERT_FILE is set'],
  ])
}

function tlsOf({ TLS_CERT_FILE, TLS_KEY_FILE, TLS_MIN_VERSION }: z.output<typeof RouterSettings>) {
  if (!TLS_CERT_FILE || !TLS_KEY_FILE) return undefined
  return { certFile: TLS_CERT_FILE, keyFile: TLS_KEY_FILE, minVersion: TLS_MIN_VERSION }
}

type Given = { PUBLIC_URL: string; EXPLORER?: string | undefined; INTROSPECTION?: string | undefined }

/** What is convenient on a laptop and a hole on the internet. */
function faultsInProduction({ PUBLIC_URL, EXPLORER, INTROSPECTION }: Given): [string, string][] {
  return faultsOf([
    [!PUBLIC_URL.startsWith('https:'), 'PUBLIC_URL', 'must be https in production'],
    [EXPLORER === 'on', 'EXPLORER', 'must be off in production'],
    [INTROSPECTION === 'on', 'INTROSPECTION', 'must be off in production'],
  ])
}

const faultsOf = (checks: [boolean, string, string][]): [string, string][] =>
  checks.flatMap(([failed, name, fault]) => (failed ? [[name, fault]] : []))
