import type { Outcome } from '../domain/ports.js'
import { recordFirmly } from './record-firmly.js'

const message = { id: 'm1', lease: 'l1' }
const sent: Outcome = { kind: 'sent', providerMessageId: null }

function failing(times: number) {
  let calls = 0
  const record = recordFirmly(async () => {
    calls += 1
    if (calls <= times) throw new Error('the database is away')
    return true
  }, 0)
  return { record, calls: () => calls }
}

test('records what was sent as soon as the database is back', async () => {
  const { record, calls } = failing(5)

  expect(await record(message, 'smtp', sent)).toBe(true)
  expect(calls()).toBe(6)
})

test('gives up before the lease does', async () => {
  const { record, calls } = failing(1000)

  await expect(record(message, 'smtp', sent)).rejects.toThrow('away')
  expect(calls()).toBe(20)
})

test('does not insist where nothing was sent: the lease runs out and it is tried again', async () => {
  const { record, calls } = failing(1)

  await expect(record(message, 'smtp', { kind: 'dead', error: 'SMTP 550' })).rejects.toThrow('away')
  expect(calls()).toBe(1)
})
