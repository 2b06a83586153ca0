import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createMemoryCredentials } from '../store/credentials.memory.js'
import { makeSweepUnclaimed, SWEEP_BATCH } from './sweep-unclaimed.js'

const STORED = { phc: 'phc', pepperVersion: 1 }

async function overdue(count: number) {
  const credentials = createMemoryCredentials()
  const userIds = Array.from({ length: count }, () => newId(ID_PREFIXES.user))
  for (const userId of userIds) await credentials.insertUnclaimed(userId, STORED)
  await credentials.letTimePass()
  return { credentials, userIds }
}

test('keeps the credential of an account whose event is late, and deletes one without an account (SECURITY 13.3)', async () => {
  const { credentials, userIds } = await overdue(2)
  const [late = '', orphan = ''] = userIds

  await makeSweepUnclaimed({ credentials, findExisting: async () => [late] })()

  expect(await credentials.find(late)).toEqual(STORED)
  expect(await credentials.claim({ userId: orphan, replacedUserId: null })).toBe(false)
})

test('deletes nothing while users does not answer (SECURITY 1.5)', async () => {
  const { credentials, userIds } = await overdue(1)
  const sweep = makeSweepUnclaimed({
    credentials,
    findExisting: () => Promise.reject(new Error('users is away')),
  })

  await expect(sweep()).rejects.toThrow('users is away')

  expect(await credentials.listOverdue(10)).toEqual(userIds)
})

test('asks nobody when nothing is overdue', async () => {
  const { credentials } = await overdue(0)
  let asked = 0

  await makeSweepUnclaimed({
    credentials,
    findExisting: async () => {
      asked += 1
      return []
    },
  })()

  expect(asked).toBe(0)
})

test('asks about any number, as many at a time as users answers about', async () => {
  const { credentials } = await overdue(SWEEP_BATCH * 2 + 1)
  const asked: number[] = []

  await makeSweepUnclaimed({
    credentials,
    findExisting: async (ids) => {
      asked.push(ids.length)
      return []
    },
  })()

  expect(asked).toEqual([SWEEP_BATCH, SWEEP_BATCH, 1])
  expect(await credentials.listOverdue(1)).toEqual([])
})
