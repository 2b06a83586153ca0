import ipaddr from 'ipaddr.js'

export type SmtpSettings = {
  host: string
  port: number
  /** `tls` from the first byte, `starttls` or nothing at all; `plain` only towards this very machine. */
  security: 'tls' | 'starttls' | 'plain'
  auth: { user: string; pass: string } | null
}

/**
 * Reads `smtp://` and `smtps://` addresses. What follows a `?` is not looked at, so no setting can switch the
 * verification of certificates off (SECURITY 11.5, 14.2).
 */
export function readSmtpUrl(address: string): SmtpSettings {
  const url = new URL(address)
  const isTls = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')

  return {
    host,
    port: url.port ? Number(url.port) : isTls ? 465 : 587,
    security: securityOf(isTls, host),
    auth: url.username
      ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
      : null,
  }
}

function securityOf(isTls: boolean, host: string): SmtpSettings['security'] {
  if (isTls) return 'tls'
  return isLoopback(host) ? 'plain' : 'starttls'
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback')
