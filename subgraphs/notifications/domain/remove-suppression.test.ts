import { ITSELF } from '../../shared/audit/act.js'
import type { Address } from './ports.js'
import { makeRemoveSuppression } from './remove-suppression.js'

async function remove(text: string) {
  const removed: Address[] = []
  const result = await makeRemoveSuppression({
    suppressions: {
      remove: async (address) => {
        removed.push(address)
      },
    },
  })(text, ITSELF)
  return { result, removed }
}

test.each([
  ['Ada@EXAMPLE.org', { channel: 'EMAIL', address: 'ada@example.org' }],
  ['+49 151 12345678', { channel: 'SMS', address: '+4915112345678' }],
])('%s is taken in the form in which it is stored', async (text, address) => {
  expect(await remove(text)).toEqual({ result: { kind: 'removed' }, removed: [address] })
})

test.each(['', 'ada', 'usr_01jz', '0151 12345678', 'a@b@c'])(
  '%j is neither an address nor a number',
  async (text) => {
    expect(await remove(text)).toEqual({
      result: { kind: 'refused', problems: [{ code: 'INVALID', field: ['address'] }] },
      removed: [],
    })
  },
)
