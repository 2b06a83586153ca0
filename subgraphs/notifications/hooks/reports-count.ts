import { Counter } from 'prom-client'
import { metrics } from '../../shared/metrics/registry.js'

export const reportsCount = new Counter({
  name: 'usergraph_message_reports_total',
  help: 'What providers say became of messages, each once',
  labelNames: ['provider', 'outcome'],
  registers: [metrics],
})
