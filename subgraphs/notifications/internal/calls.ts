import { answerCalls } from '../../shared/calls/transport.js'
import { notificationsCalls } from '../../shared/contracts/notifications.js'
import type { makeTakeHook } from '../hooks/take-hook.js'

type Parts = { takeHook: ReturnType<typeof makeTakeHook> }

/** What notifications answers the router at once. */
export const answerNotificationsCalls = (parts: Parts) => answerCalls(notificationsCalls, parts)
