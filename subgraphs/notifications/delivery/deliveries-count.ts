import { Counter } from 'prom-client'
import { metrics } from '../../shared/metrics/registry.js'

export const deliveriesCount = new Counter({
  name: 'usergraph_deliveries_total',
  help: 'Tries to send a message, by kind and by how they ended; `dead` calls for an operator',
  labelNames: ['kind', 'outcome'],
  registers: [metrics],
})

export const segmentsCount = new Counter({
  name: 'usergraph_sms_segments_total',
  help: 'Segments of texts that providers took and bill, by kind',
  labelNames: ['kind'],
  registers: [metrics],
})
