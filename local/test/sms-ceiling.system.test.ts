import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from '../../router/test/seed/ask.js'
import { register, someNumber, somePerson } from '../../router/test/seed/people.js'
import { removeData } from './remove-data.js'
import { type GraphShape, type RunningGraph, startGraph } from './start-graph.js'

const SETTINGS = { QUEUE: 'postgres', SMS_HOURLY_MAX: '4', SMS_HOURLY_MAX_PER_COUNTRY: '3' }

const SHAPES: GraphShape[] = [
  { name: 'one process', folder: 'one', entry: 'start.js', env: SETTINGS },
  { name: 'many processes', folder: 'many', entry: 'start-processes.js', env: SETTINGS },
]

const GENERATE = `mutation($identifier: IdentifierInput!) {
  generateOtp(input: { purpose: LOGIN, channel: SMS, identifier: $identifier }) { challengeId userErrors { code field } }
}`

describe.each(SHAPES)('how many texts go out in an hour, in $name', (shape) => {
  let folder: string
  let graph: RunningGraph

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-sms-ceiling-'))
    graph = await startGraph(shape, folder)
    Object.assign(process.env, graph.env)
  }, 60_000)

  afterAll(async () => {
    await graph?.stop()
    await removeData(folder)
  })

  test('8.8: no more than the ceiling of their country, decoys among them; the rest is RATE_LIMITED, and the log says so', async () => {
    const { password } = somePerson()
    const texted = await register({ phoneNumber: someNumber(), password })
    const decoys = []
    for (let count = 0; count < 3; count += 1) {
      const { data } = await ask(GENERATE, { variables: { identifier: { phoneNumber: someNumber() } } })
      decoys.push(data['generateOtp'])
    }
    const held = await register({ phoneNumber: someNumber(), password })

    expect(texted.data['register']).toMatchObject({ challengeId: expect.any(String), userErrors: [] })
    expect(decoys).toMatchObject([
      ...[{ userErrors: [] }, { userErrors: [] }],
      { challengeId: null, userErrors: [{ code: 'RATE_LIMITED', field: ['identifier'] }] },
    ])
    expect(held.data['register']).toMatchObject({ userErrors: [{ code: 'RATE_LIMITED' }] })
    expect(graph.lastWords()).toMatch(/"event":"sms\.ceiling"[^\n]*"country":"DE"/)
  })
})
