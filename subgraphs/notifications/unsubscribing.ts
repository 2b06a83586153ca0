import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { usersCalls } from '../shared/contracts/users.js'
import type { PreferenceStore } from './domain/ports.js'
import { makeUnsubscribe } from './domain/unsubscribe.js'
import type { NotificationsEnv } from './env.js'
import { createUnsubscribeTokens } from './unsubscribe-tokens.js'

type Parts = {
  env: NotificationsEnv
  transport: CallTransport
  preferences: Pick<PreferenceStore, 'switchOff'>
}

/** Links by which people are spared what may be refused, and what follows from one. */
export function openUnsubscribing({ env, transport, preferences }: Parts) {
  const users = callClient(usersCalls, transport)
  const tokens = createUnsubscribeTokens(env.NOTIFICATIONS_KEY)
  const isSomebody = async (id: string) => (await users.getMany({ ids: [id] })).length > 0
  return { tokens, unsubscribe: makeUnsubscribe({ tokens, isSomebody, preferences }) }
}
