import { Counter, Gauge, Histogram } from 'prom-client'
import { metrics } from '../../shared/metrics/registry.js'

export const deliveriesCount = new Counter({
  name: 'usergraph_deliveries_total',
  help: 'Tries to send a message, by kind, provider and how they ended; `dead` calls for an operator',
  labelNames: ['kind', 'provider', 'outcome'],
  registers: [metrics],
})

export const deliveryLag = new Histogram({
  name: 'usergraph_delivery_lag_seconds',
  help: 'Time from what made a message necessary, or the end of quiet hours, until its provider took it',
  labelNames: ['kind', 'provider'],
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
  registers: [metrics],
})

export const segmentsCount = new Counter({
  name: 'usergraph_sms_segments_total',
  help: 'Segments of texts that providers took and bill, by kind',
  labelNames: ['kind'],
  registers: [metrics],
})

export const noticesHeld = new Counter({
  name: 'usergraph_notices_held_total',
  help: 'Notices that were not texted because the person had got as many today; `none` went nowhere at all',
  labelNames: ['template', 'instead'],
  registers: [metrics],
})

export const deadLetters = new Gauge({
  name: 'usergraph_dead_letters',
  help: 'Messages that were given up on and would be sent again by replay-dead-letters; the same of every process',
  registers: [metrics],
})

export const oldestDue = new Gauge({
  name: 'usergraph_oldest_due_seconds',
  help: 'How long the message has been due that has been so for longest, by channel; the same of every process',
  labelNames: ['channel'],
  registers: [metrics],
})

export const templateFaults = new Counter({
  name: 'usergraph_template_faults_total',
  help: 'Words of an operator that could not be filled, so that ours were sent; an operator has to mend them',
  labelNames: ['template'],
  registers: [metrics],
})
