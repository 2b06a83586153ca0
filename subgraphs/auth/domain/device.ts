import type { Device } from './ports.js'

type Agent = { browser: string | null; os: string | null; kind: string | undefined }

const KINDS: Record<string, Device['kind']> = { mobile: 'MOBILE', tablet: 'TABLET' }

/** Describes a device for its owner: the name it was given, else what it says of itself. */
export function describeDevice(name: string | null, agent: Agent): Device {
  const { browser, os } = agent
  const described = browser && os ? `${browser} on ${os}` : (browser ?? os)
  return {
    name: name ?? described ?? 'Unknown device',
    browser,
    os,
    kind: KINDS[agent.kind ?? ''] ?? (browser && os ? 'DESKTOP' : 'OTHER'),
  }
}
