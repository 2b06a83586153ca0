import { LRUCache } from 'lru-cache'
import { UAParser } from 'ua-parser-js'

type Read = { browser: string | null; os: string | null; kind: string | undefined }

/** Many people use the same browser, and reading what it says takes a hundred patterns. */
const known = new LRUCache<string, Read>({ max: 1000 })
/** The parser reads no further. */
const READ_LENGTH = 500

/** What a client says it is: good enough for its owner to recognise it, never a basis for a decision. */
export function readUserAgent(userAgent: string | null): Read {
  const text = (userAgent ?? '').slice(0, READ_LENGTH)
  const before = known.get(text)
  if (before) return before
  const { browser, os, device } = new UAParser(text).getResult()
  const read = { browser: browser.name ?? null, os: os.name ?? null, kind: device.type }
  known.set(text, read)
  return read
}
