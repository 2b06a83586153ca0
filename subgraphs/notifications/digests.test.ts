import { randomBytes } from 'node:crypto'
import { addressDigests } from './digests.js'

const KEY = randomBytes(32)
const ADA = { channel: 'EMAIL', address: 'ada@example.org' } as const

test('12.1: whose address it is takes the key to tell, and the way to it', () => {
  const [digestOf, digestElsewhere] = [addressDigests(KEY), addressDigests(randomBytes(32))]

  expect(digestOf(ADA)).toEqual(addressDigests(KEY)(ADA))
  expect(digestElsewhere(ADA)).not.toEqual(digestOf(ADA))
  expect(digestOf({ ...ADA, channel: 'SMS' })).not.toEqual(digestOf(ADA))
})
