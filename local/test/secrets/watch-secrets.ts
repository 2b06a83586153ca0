import type { Secret } from './forms.js'

/** Under these names a client sends what only it may know, or is told it. */
const NAMES = new Set([
  ...['password', 'currentPassword', 'newPassword', 'code', 'recoveryCodes'],
  ...['token', 'accessToken', 'refreshToken', 'deviceToken', 'invitationToken', 'grant'],
  ...['loginTicket', 'stepUpTicket', 'clientSecret', 'secret', 'otpauthUri'],
])
/** What the codes of refusals look like, and no secret does. */
const REFUSAL = /^[A-Z_]+$/

export type Watch = {
  /** All that was seen, each once. */
  secrets(): Secret[]
  remember(kind: string, text: string): void
  /** The links and codes of a mail or a text. */
  readMessage(text: string): void
  stop(): void
}

/**
 * Remembers every secret that goes over the wire between the test and the graph, or lies in the inbox, so that none
 * depends on somebody who thinks of it.
 */
export function watchSecrets(): Watch {
  const seen = new Map<string, Secret>()
  const remember = (kind: string, text: string) => {
    if (!REFUSAL.test(text) && !seen.has(text)) seen.set(text, { kind, text })
  }
  const readMessage = (text: string) => {
    for (const [, token = ''] of text.matchAll(/#token=([\w-]+)/g)) remember('token of a link', token)
    for (const [code] of text.matchAll(/\b(?:\d{8}|\d{6})\b/g)) remember('code of a message', code)
  }
  const readText = (text: string, name: string) => {
    if (NAMES.has(name)) remember(name, text)
    if (name === 'text') readMessage(text)
  }
  const realFetch = globalThis.fetch
  globalThis.fetch = async (to, init) => {
    if (typeof init?.body === 'string') eachText(parsed(init.body), readText)
    const answer = await realFetch(to, init)
    for (const cookie of answer.headers.getSetCookie()) remember('cookie', /=([^;]*)/.exec(cookie)?.[1] ?? '')
    eachText(parsed(await answer.clone().text()), readText)
    return answer
  }

  return {
    secrets: () => [...seen.values()],
    remember,
    readMessage,
    stop: () => {
      globalThis.fetch = realFetch
    },
  }
}

/** Every text in some data, with the name under which it stands. */
function eachText(value: unknown, visit: (text: string, name: string) => void, name = ''): void {
  if (typeof value === 'string') visit(value, name)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) eachText(inner, visit, Array.isArray(value) ? name : key)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A page, not data: nothing of it is a secret by its name.
    return null
  }
}
