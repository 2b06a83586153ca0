import type { Execution } from './argument-values.js'
import { countersOf } from './rate-limit-keys.js'

test.each([
  [' ADA@Example.org', 'bUapgpQo8UBykdeZRlD1y9'],
  [['a', 7, null], 'Vc8bnyVwyFlLGZe79aI1QC'],
])('13.8: %j is counted where an earlier version counts it', (name, digest) => {
  const execution: Execution = {
    coordinate: 'Mutation.rename',
    rule: { coordinate: 'Mutation.rename', max: 1, windowSeconds: 1, burst: 0, by: ['name'] },
    credential: false,
    arguments: { name },
  }

  expect(countersOf(execution, { ip: '192.0.2.1', viewer: null, client: null })).toEqual([
    `Mutation.rename|name|${digest}`,
  ])
})
