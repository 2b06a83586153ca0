import { parse, serialize } from 'cookie'
import type { CookieChange, CookieValues } from '../../subgraphs/shared/graphql/request-context.js'

const NAMES: Record<keyof CookieValues, string> = {
  refreshToken: 'usergraph-refresh',
  deviceToken: 'usergraph-device',
}

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

export type Cookies = {
  read(header: string | undefined): CookieValues
  /** Values for `Set-Cookie`. One without an end lasts as long as the browser. */
  write(changes: readonly CookieChange[]): string[]
}

/**
 * The cookies of this graph, which only the router reads and sets (SECURITY 5.1). `__Host-` pins them to this host,
 * path and TLS; over plain HTTP, which only a laptop may use, browsers would drop such a cookie.
 */
export function createCookies(publicUrl: string): Cookies {
  const { protocol, hostname } = new URL(publicUrl)
  const isPlain = protocol === 'http:' && LOCAL_HOSTS.has(hostname)
  const fullName = (name: keyof CookieValues) => (isPlain ? NAMES[name] : `__Host-${NAMES[name]}`)

  return {
    read(header) {
      const values = header ? parse(header) : {}
      const refreshToken = values[fullName('refreshToken')]
      const deviceToken = values[fullName('deviceToken')]
      return { ...(refreshToken && { refreshToken }), ...(deviceToken && { deviceToken }) }
    },
    write: (changes) =>
      changes.map(({ name, value, expiresAt }) =>
        serialize(fullName(name), value ?? '', {
          httpOnly: true,
          secure: !isPlain,
          sameSite: 'strict',
          path: '/',
          ...(value === null ? { expires: new Date(0) } : expiresAt && { expires: new Date(expiresAt) }),
        }),
      ),
  }
}
