import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createMemoryCredentials } from '../store/credentials.memory.js'
import { makeSweepUnclaimed, SWEEP_BATCH } from './sweep-unclaimed.js'

const STORED = { phc: 'phc', pepperVersion: 1 }

/** Nobody has accepted one. */
const WITHOUT_INVITATIONS = { findAcceptances: async () => [], adopt: async () => {} }

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

  await makeSweepUnclaimed({
    ...WITHOUT_INVITATIONS,
    credentials,
    findExisting: async () => [late],
  })()

  expect(await credentials.find(late)).toMatchObject(STORED)
  expect(await credentials.claim({ userId: orphan, replacedUserId: null })).toBe(false)
})

test('what an invitation was accepted with is given to its account, and not deleted', async () => {
  const { credentials, userIds } = await overdue(2)
  const [credentialId = '', orphan = ''] = userIds
  const adopted: object[] = []

  await makeSweepUnclaimed({
    credentials,
    findExisting: async () => [],
    findAcceptances: async (ids) => ids.slice(0, 1).map((id) => ({ credentialId: id, userId: 'usr_bob' })),
    adopt: async (adoption) => adopted.push(adoption),
  })()

  expect(adopted).toEqual([{ credentialId, userId: 'usr_bob' }])
  expect(await credentials.find(credentialId)).toMatchObject(STORED)
  expect(await credentials.find(orphan)).toBeNull()
})

test('deletes nothing while users does not answer (SECURITY 1.5)', async () => {
  const { credentials, userIds } = await overdue(1)
  const sweep = makeSweepUnclaimed({
    ...WITHOUT_INVITATIONS,
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
    ...WITHOUT_INVITATIONS,
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
    ...WITHOUT_INVITATIONS,
    credentials,
    findExisting: async (ids) => {
      asked.push(ids.length)
      return []
    },
  })()

  expect(asked).toEqual([SWEEP_BATCH, SWEEP_BATCH, 1])
  expect(await credentials.listOverdue(1)).toEqual([])
})
