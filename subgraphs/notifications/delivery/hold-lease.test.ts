import type { ClaimedMessage } from '../domain/message.js'
import { holdLeases } from './hold-lease.js'

const MESSAGE = { id: 'm1', lease: 'l1' } as ClaimedMessage

function setUp() {
  const renewed: string[] = []
  const waiting: (() => void)[] = []
  const deliveries = holdLeases(
    {
      claim: async () => MESSAGE,
      renew: async ({ lease }) => {
        renewed.push(lease)
        for (const done of waiting.splice(0)) done()
        return true
      },
    },
    5,
  )
  const nextRenewal = () => new Promise<void>((done) => waiting.push(done))
  return { deliveries, renewed, nextRenewal }
}

test('renews the lease of what is being sent', async () => {
  const { deliveries, renewed, nextRenewal } = setUp()
  await deliveries.claim('m1')

  await nextRenewal()
  await nextRenewal()
  deliveries.stop()

  expect(renewed.slice(0, 2)).toEqual(['l1', 'l1'])
})

test('11.2: does not take a second time what this process is sending, until it is done with it', async () => {
  const { deliveries } = setUp()
  await deliveries.claim('m1')

  const whileSending = await deliveries.claim('m1')
  deliveries.release('m1')
  const afterwards = await deliveries.claim('m1')
  deliveries.stop()

  expect(whileSending).toBeNull()
  expect(afterwards).toEqual(MESSAGE)
})
