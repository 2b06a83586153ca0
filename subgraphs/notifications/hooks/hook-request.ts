import type { Hook } from '../../shared/contracts/notifications.js'
import type { AddressReport, Report } from '../domain/report.js'

export type HookRequest = { url: URL; headers: Record<string, string>; body: Buffer }

/** What a callback says, once it is known whose word it is. `nothing` is signed, and changes nothing. */
export type HookRead =
  | { kind: 'unsigned' }
  | { kind: 'faulty' }
  | { kind: 'nothing' }
  | { kind: 'report'; report: Report }
  | { kind: 'address-report'; report: AddressReport }
  | { kind: 'unsubscribe'; token: string }

/** Checks whose word a callback is before anything of it is believed. */
export type ReadHook = (request: HookRequest) => Promise<HookRead>

export const readRequest = ({ url, headers, body }: Hook): HookRequest => ({
  url: new URL(url),
  headers,
  body: Buffer.from(body, 'base64'),
})
