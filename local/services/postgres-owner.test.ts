import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ask, cleanups, pidFileIn, postmasterOf, scratch, start } from './postgres-testkit.js'
import { isRunning } from './process-identity.js'
import { killWatchdogOf, type Owner, ordinaryUser, spawnOwner } from './service-testkit.js'
import { isTrueWithin } from './stop-process.js'

afterEach(cleanups.run)

async function own(dataDir: string, user = ordinaryUser): Promise<Owner> {
  const owner = await spawnOwner({ service: 'postgres', options: { dataDir }, user })
  cleanups.add(() => owner.process.kill('SIGKILL'))
  return owner
}

test('refuses a folder that is in use, and leaves its owner alone', async () => {
  const dataDir = await scratch()
  const { url } = await start(dataDir)

  const second = await own(dataDir, null)

  expect(second.started.error).toContain(`in use by process ${process.pid}`)
  await ask(url, (sql) => sql`select 1`)
})

test('lets one of several that start at once have the folder', async () => {
  const dataDir = await scratch()
  await writeFile(
    join(dataDir, 'postgres.lock'),
    JSON.stringify({ pid: process.pid, startedAt: 'then', token: 'x' }),
  )

  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => start(dataDir)))

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('ends with an owner that is killed, and starts again after it', async () => {
  const dataDir = await scratch({ user: ordinaryUser })
  const owner = await own(dataDir)
  const postmaster = postmasterOf(dataDir)
  await ask(owner.started.url, (sql) => sql`create table kept as select 42 as answer`)
  await owner.end('SIGKILL')

  expect(await isTrueWithin(3000, () => !isRunning(postmaster))).toBe(true)
  const { url } = await start(dataDir)
  expect(await ask(url, (sql) => sql`select answer from kept`)).toMatchObject([{ answer: 42 }])
})

test('stops the server that a killed owner left running', async () => {
  const dataDir = await scratch({ user: ordinaryUser })
  const owner = await own(dataDir)
  const postmaster = postmasterOf(dataDir)
  killWatchdogOf(owner, postmaster)
  await owner.end('SIGKILL')
  expect(isRunning(postmaster)).toBe(true)

  const lines: string[] = []
  const { url } = await start(dataDir, (line) => lines.push(line))

  expect(lines.join()).toContain(`Stopping process ${postmaster}`)
  expect(isRunning(postmaster)).toBe(false)
  await ask(url, (sql) => sql`select 1`)
})

test('runs as an ordinary user and ends with an orderly owner', async () => {
  const dataDir = await scratch({ user: ordinaryUser })
  const owner = await own(dataDir)
  const postmaster = postmasterOf(dataDir)
  await ask(owner.started.url, (sql) => sql`select 1`)
  await owner.end('SIGTERM')

  expect(isRunning(postmaster)).toBe(false)
  expect(existsSync(pidFileIn(dataDir))).toBe(false)
  expect(existsSync(join(dataDir, 'postgres.lock'))).toBe(false)
})
