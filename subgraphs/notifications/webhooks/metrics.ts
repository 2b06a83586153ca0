import { Counter, Gauge } from 'prom-client'
import { metrics } from '../../shared/metrics/registry.js'

export const webhookTries = new Counter({
  name: 'usergraph_webhook_tries_total',
  help: 'Tries to deliver a webhook, by endpoint and by how they ended; `dead` calls for an operator',
  labelNames: ['endpoint', 'outcome'],
  registers: [metrics],
})

const gauge = (name: string, help: string) =>
  new Gauge({ name: `usergraph_webhook_${name}`, help, labelNames: ['endpoint'], registers: [metrics] })

export const webhookGauges = {
  waiting: gauge('waiting', 'Webhooks that are not delivered yet'),
  lagSeconds: gauge('lag_seconds', 'How long the oldest of them has been waiting'),
  dead: gauge('dead', 'Webhooks that were given up on and can be replayed'),
  isOff: gauge('endpoint_off', '1 where the endpoint has answered 410 and is left alone'),
}
