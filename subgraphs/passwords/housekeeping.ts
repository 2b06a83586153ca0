import { type CallTransport, callClient } from '../shared/calls/transport.js'
import { usersCalls } from '../shared/contracts/users.js'
import type { Logger } from '../shared/log/logger.js'
import { createRounds } from '../shared/runtime/rounds.js'
import type { CredentialStore } from './domain/ports.js'
import { makeSweepUnclaimed } from './domain/sweep-unclaimed.js'

const SWEEP_EVERY_MS = 20_000
const RETENTION_EVERY_MS = 600_000

type Parts = {
  credentials: CredentialStore
  adopt: (adoption: { credentialId: string; userId: string }) => Promise<boolean>
  /** Forgets what means nothing any more. */
  forget: () => Promise<void>
  transport: CallTransport
  log: Logger
}

/** What is done in rounds: credentials that no account claimed, and what has been over for a while. */
export function createHousekeeping({ credentials, adopt, forget, transport, log }: Parts) {
  const users = callClient(usersCalls, transport)
  const sweeping = createRounds({
    ...{ name: 'unclaimed-credentials', everyMs: SWEEP_EVERY_MS, pokeMs: SWEEP_EVERY_MS, log },
    round: makeSweepUnclaimed({
      credentials,
      adopt,
      findAcceptances: (credentialIds) => users.findAcceptances({ credentialIds }),
      findExisting: async (ids) => (await users.getMany({ ids })).map(({ id }) => id),
    }),
  })
  const retention = createRounds({
    ...{ name: 'retention', everyMs: RETENTION_EVERY_MS, pokeMs: RETENTION_EVERY_MS, log },
    round: forget,
  })

  return {
    start() {
      sweeping.start()
      retention.start()
    },
    stop: () => Promise.all([sweeping.stop(), retention.stop()]),
  }
}
