import { auditRecorded } from '../../shared/contracts/audit.js'
import { partErased } from '../../shared/contracts/erasure.js'
import { loginAlertsSwitchedOff } from '../../shared/contracts/notifications.js'

/** Everything that notifications tells. */
export const PRODUCES = [partErased, auditRecorded, loginAlertsSwitchedOff]
