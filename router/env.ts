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
  if (value.NODE_ENV !== 'production') return
  for (const [name, fault] of faultsInProduction(value)) {
    issues.push({ code: 'custom', path: [name], message: fault, input: null })
  }
}).transform((env) => {
  const open = env.NODE_ENV !== 'production'
  return {
    ...env,
    EXPLORER: open && env.EXPLORER !== 'off',
    INTROSPECTION: open && env.INTROSPECTION !== 'off',
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

type Given = { PUBLIC_URL: string; EXPLORER?: string | undefined; INTROSPECTION?: string | undefined }

/** What is convenient on a laptop and a hole on the internet. */
function faultsInProduction({ PUBLIC_URL, EXPLORER, INTROSPECTION }: Given): [string, string][] {
  const faults: [boolean, string, string][] = [
    [!PUBLIC_URL.startsWith('https:'), 'PUBLIC_URL', 'must be https in production'],
    [EXPLORER === 'on', 'EXPLORER', 'must be off in production'],
    [INTROSPECTION === 'on', 'INTROSPECTION', 'must be off in production'],
  ]
  return faults.flatMap(([failed, name, fault]) => (failed ? [[name, fault]] : []))
}
