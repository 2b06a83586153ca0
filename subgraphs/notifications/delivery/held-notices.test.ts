import { createLogger } from '../../shared/log/logger.js'
import { metrics } from '../../shared/metrics/registry.js'
import { noteHeld } from './held-notices.js'

test('8.8: a notice that is not texted any more leaves a line and a count', async () => {
  const lines: unknown[] = []
  const log = createLogger({ level: 'silent' })
  log.warn = (line: unknown) => {
    lines.push(line)
  }
  const notice = { userId: 'usr_1', kind: 'LOGIN_ALERT', template: 'login-alert' } as const

  noteHeld(log)({ ...notice, wentByMail: false })
  noteHeld(log)({ ...notice, wentByMail: true })

  expect(lines).toEqual([
    { event: 'notice.held', ...notice, instead: 'none' },
    { event: 'notice.held', ...notice, instead: 'mail' },
  ])
  const shown = await metrics.metrics()
  expect(shown).toContain('usergraph_notices_held_total{template="login-alert",instead="none"} 1')
  expect(shown).toContain('usergraph_notices_held_total{template="login-alert",instead="mail"} 1')
})
