import { randomBytes } from 'node:crypto'
import { addressDigests, sendDigests } from './digests.js'

const KEY = randomBytes(32)
const ADA = { channel: 'EMAIL', address: 'ada@example.org' } as const

test('12.1: whose address it is takes the key to tell, and the way to it', () => {
  const [digestOf, digestElsewhere] = [addressDigests(KEY), addressDigests(randomBytes(32))]

  expect(digestOf(ADA)).toEqual(addressDigests(KEY)(ADA))
  expect(digestElsewhere(ADA)).not.toEqual(digestOf(ADA))
  expect(digestOf({ ...ADA, channel: 'SMS' })).not.toEqual(digestOf(ADA))
})

describe('what services send', () => {
  const digestOf = sendDigests(new Uint8Array(32).fill(2))
  const hex = (...parts: unknown[]) => Buffer.from(digestOf(...parts)).toString('hex')

  test('13.8: has the digests that are stored, which an earlier version took', () => {
    const variables = { title: 'x', rows: { 10: 1, 9: null, '-': [null, { b: 1.5, a: 'é' }] } }
    const input = { userId: 'usr_ada', to: null, kind: 'CUSTOM', template: 'custom', locale: undefined }

    expect(hex('key', 'cli_1', 'EMAIL', 'k')).toBe(
      'caa11bf3bf1418c981c9b24adc3caaea43238f61acbdc2b9a2105ef4d803d5d9',
    )
    expect(hex('payload', { ...input, variables })).toBe(
      '3c1e4e588a74f3af192afb435c34c7ef82c69b47c5caed2b0ea53c3edaa87f79',
    )
  })

  test('has one digest however it is written, and by another key another', () => {
    const elsewhere = sendDigests(new Uint8Array(32).fill(3))

    expect(hex('payload', { a: 1, b: { d: null, c: 2 } })).toBe(hex('payload', { b: { c: 2 }, a: 1 }))
    expect(hex('payload', { a: 1 })).not.toBe(hex('payload', { a: '1' }))
    expect(elsewhere('key')).not.toEqual(digestOf('key'))
  })
})
