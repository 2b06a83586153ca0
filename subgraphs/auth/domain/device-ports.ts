import type { Actor } from '../../shared/audit/act.js'
import type { Device } from './ports.js'

/** A device on which its owner is asked for no second factor. */
export type TrustedDevice = { id: string; userId: string; device: Device; trustedUntil: Date }

export type DeviceStore = {
  /** Whether somebody trusts the device that shows this token, by the database's clock. */
  isTrusted(userId: string, digest: Uint8Array): Promise<boolean>
  /** Of many people, the newest first. */
  listTrusted(userIds: readonly string[]): Promise<TrustedDevice[]>
  /** False where it is not this person's, or not trusted. */
  forget(userId: string, id: string, by: Actor): Promise<boolean>
}
