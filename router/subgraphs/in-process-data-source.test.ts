import { pino } from 'pino'
import { someCaller } from '../../subgraphs/shared/test/requests.js'
import { createInProcessDataSource } from './in-process-data-source.js'
import { stubSubgraph } from './test/stub-subgraph.js'

const log = pino({ level: 'silent' })

test('asks a subgraph of this process with what the request may show it', async () => {
  const users = stubSubgraph('users', 'type Query { hello: String @public }', {
    Query: { hello: () => 'hello' },
  })
  const source = createInProcessDataSource({ name: 'users' }, new Map([['users', users]]), log)
  const caller = someCaller()

  const answer = await source?.fetch({ query: '{ hello }', caller, idempotencyKey: 'k' })

  expect(answer).toEqual({ data: expect.objectContaining({ hello: 'hello' }) })
  expect(users.requests).toEqual([{ caller, idempotencyKey: 'k' }])
})

test('knows nothing of a subgraph that runs elsewhere', () => {
  expect(createInProcessDataSource({ name: 'orders' }, new Map(), log)).toBeNull()
})
