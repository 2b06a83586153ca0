import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { createMemoryCredentials } from '../store/credentials.memory.js'
import { createRehasher } from './rehasher.js'

const ADA = newId(ID_PREFIXES.user)
const OLD = { phc: 'old', pepperVersion: 1 }
const NEW = { phc: 'new', pepperVersion: 2 }
const TASK = { userId: ADA, password: 'correct horse', phc: 'old' }

async function setUp(hash: () => Promise<typeof NEW> = async () => NEW) {
  const credentials = createMemoryCredentials()
  await credentials.insertUnclaimed(ADA, OLD)
  await credentials.claim({ userId: ADA, replacedUserId: null })
  const warnings: unknown[] = []
  const rehasher = createRehasher({
    hasher: { hash },
    credentials,
    log: { warn: (line: unknown) => warnings.push(line) },
  })
  return { credentials, warnings, rehasher }
}

test('replaces a hash after the answer, and a stop waits for it (SECURITY 6.3)', async () => {
  const { credentials, rehasher } = await setUp()

  rehasher.rehashLater(TASK)
  expect(await credentials.find(ADA)).toMatchObject(OLD)
  await rehasher.stop()

  expect(await credentials.find(ADA)).toMatchObject(NEW)
})

test('leaves a password alone that was changed meanwhile', async () => {
  const changed = { phc: 'changed', pepperVersion: 2 }
  const { credentials, rehasher } = await setUp()
  rehasher.rehashLater(TASK)
  await credentials.replaceHash(ADA, { from: 'old', to: changed })

  await rehasher.stop()

  expect(await credentials.find(ADA)).toMatchObject(changed)
})

test('a failure is logged by event and id, and nothing else happens (SECURITY 12.3)', async () => {
  const err = new Error('no room')
  const { credentials, warnings, rehasher } = await setUp(() => Promise.reject(err))

  rehasher.rehashLater(TASK)
  await rehasher.stop()

  expect(warnings).toEqual([{ event: 'rehash.failed', userId: ADA, err }])
  expect(await credentials.find(ADA)).toMatchObject(OLD)
})
