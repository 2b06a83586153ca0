/** `fetch` as browsers do it: cookies are kept and sent where a request asks for credentials. */
export function createBrowserFetch() {
  const jar = new Map<string, string>()
  const credentials: (RequestCredentials | undefined)[] = []

  const browserFetch: typeof globalThis.fetch = async (url, init) => {
    credentials.push(init?.credentials)
    const includes = init?.credentials === 'include'
    const headers = new Headers(init?.headers)
    if (includes && jar.size > 0) headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '))

    const response = await fetch(url, { ...init, headers })
    for (const cookie of includes ? response.headers.getSetCookie() : []) keep(cookie)
    return response
  }

  function keep(cookie: string) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }

  return { fetch: browserFetch, jar, credentials }
}
