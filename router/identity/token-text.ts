const MAX_LENGTH = 4096
const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** The texts of a token's header and claims, of which nothing is believed yet; null for what is no signed token. */
export function textsOf(token: string): { header: string; claims: string } | null {
  if (token.length > MAX_LENGTH || !COMPACT_JWS.test(token)) return null
  const [header = '', claims = ''] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
  return { header, claims }
}

/** JSON in which no name comes twice, else null: of one that does, one reader takes the first value and another the last. */
export function parseUnambiguous(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return hasNamesOnce(text) ? value : null
  } catch {
    return null // no JSON at all
  }
}

/** Of valid JSON: texts, with the colon where one is a name, and what opens and closes. */
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g

function hasNamesOnce(text: string): boolean {
  const open: Set<unknown>[] = []
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (colon !== undefined && !addName(token.slice(0, -colon.length), open.at(-1))) return false
    if (token === '{' || token === '[') open.push(new Set())
    if (token === '}' || token === ']') open.pop()
  }
  return true
}

/** Whether it is the first of this name. Read, so that `"sub"` and its spelling with escapes are one. */
function addName(quoted: string, names: Set<unknown> | undefined): boolean {
  const name: unknown = JSON.parse(quoted)
  const isFirst = !names?.has(name)
  names?.add(name)
  return isFirst
}
