import { UAParser } from 'ua-parser-js'

/** What a client says it is: good enough for its owner to recognise it, never a basis for a decision. */
export function readUserAgent(userAgent: string | null) {
  const { browser, os, device } = new UAParser(userAgent ?? '').getResult()
  return { browser: browser.name ?? null, os: os.name ?? null, kind: device.type }
}
