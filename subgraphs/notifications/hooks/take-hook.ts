import { type Actor, ITSELF } from '../../shared/audit/act.js'
import type { Hook, HookOutcome } from '../../shared/contracts/notifications.js'
import type { Logger } from '../../shared/log/logger.js'
import type { ReportStore } from '../domain/ports.js'
import type { AddressReport, Report } from '../domain/report.js'
import type { makeUnsubscribe } from '../domain/unsubscribe.js'
import { type HookRead, type ReadHook, readRequest } from './hook-request.js'
import { reportsCount } from './reports-count.js'

type Deps = {
  /** How each provider that is set up says what it says; there is no other. */
  readers: Readonly<Record<string, ReadHook>>
  reports: ReportStore
  unsubscribe: ReturnType<typeof makeUnsubscribe>
  log: Logger
}

/** Who presses in a mail program sends neither a browser nor an address of their own. */
const BY_MAIL: Actor = { ...ITSELF, client: 'mail-program' }

/** Takes what a provider says, once; whoever cannot sign it says nothing. */
export function makeTakeHook({ readers, reports, unsubscribe, log }: Deps) {
  async function record(report: Report): Promise<void> {
    if (!(await reports.record(report))) return
    const { messageId, provider, outcome, error } = report
    reportsCount.inc({ provider, outcome })
    log.info({ event: 'message.reported', messageId, provider, outcome, ...(error !== null && { error }) })
  }

  async function recordOfAddress(report: AddressReport): Promise<void> {
    if (!(await reports.recordOfAddress(report))) return
    const { provider, outcome } = report
    reportsCount.inc({ provider, outcome })
    log.info({ event: 'address.reported', provider, outcome })
  }

  async function outcomeOf(read: HookRead): Promise<HookOutcome> {
    switch (read.kind) {
      case 'unsigned':
        return 'UNSIGNED'
      case 'faulty':
        return 'FAULTY'
      case 'nothing':
        return 'TAKEN'
      case 'report':
        await record(read.report)
        return 'TAKEN'
      case 'address-report':
        await recordOfAddress(read.report)
        return 'TAKEN'
      case 'unsubscribe':
        return (await unsubscribe(read.token, BY_MAIL)) === 'INVALID' ? 'UNSIGNED' : 'TAKEN'
    }
  }

  return async function takeHook(hook: Hook): Promise<{ outcome: HookOutcome }> {
    const { provider } = hook
    const read = Object.hasOwn(readers, provider) ? readers[provider] : undefined
    if (!read) return { outcome: 'UNKNOWN' }

    const outcome = await outcomeOf(await read(readRequest(hook)))
    if (outcome !== 'TAKEN') log.warn({ event: 'hook.refused', provider, outcome })
    return { outcome }
  }
}
