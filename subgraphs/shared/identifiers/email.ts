import { domainToASCII } from 'node:url'

const MAX_INPUT = 1000
const MAX_LOCAL = 64
const MAX_ADDRESS = 254

/** RFC 5322 atext and dots: what is left once quoting, comments, groups and everything beyond ASCII are refused. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+$/
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * The one form in which an address is stored, compared and mailed to: NFKC, domain as A-label, ASCII lower case
 * (SECURITY 9.1). Null when it is no address.
 */
export function normalizeEmail(input: string): string | null {
  // Nothing longer can become an address; refusing it first keeps hostile input cheap.
  if (input.length > MAX_INPUT) return null
  const parts = input.normalize('NFKC').split('@')
  const [local = '', domain = ''] = parts
  if (parts.length !== 2) return null

  const lowerLocal = local.toLowerCase()
  const asciiDomain = normalizeDomain(domain)
  if (!asciiDomain || !isLocalPart(lowerLocal)) return null

  const address = `${lowerLocal}@${asciiDomain}`
  return address.length <= MAX_ADDRESS ? address : null
}

function isLocalPart(local: string): boolean {
  if (local.length > MAX_LOCAL || local.startsWith('.') || local.endsWith('.') || local.includes('..'))
    return false
  return LOCAL_PART.test(local)
}

/** A domain as an A-label in lower case, such as addresses have it; null when it is none. */
export function normalizeDomain(domain: string): string | null {
  // `domainToASCII` reads what a browser would, ports, IP literals and percent signs included: those go first.
  if (domain === '' || /[\s\p{Cc}%:/?#[\]\\]/u.test(domain)) return null
  const labels = domainToASCII(domain).toLowerCase().split('.')
  const topLevel = labels.at(-1) ?? ''
  if (labels.length < 2 || /^\d+$/.test(topLevel)) return null
  return labels.every((label) => HOST_LABEL.test(label)) ? labels.join('.') : null
}
