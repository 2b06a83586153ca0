import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import { findRedisBinary, type RedisBinary } from './debian-redis.js'
import { isRunning } from './process-identity.js'
import { startRedis } from './redis.js'
import { createCleanups, killWatchdogOf, makeScratch, ordinaryUser, spawnOwner } from './service-testkit.js'
import { isTrueWithin } from './stop-process.js'

let binary: RedisBinary | null
const cleanups = createCleanups()
const ignore = () => undefined

beforeAll(async () => {
  binary = await findRedisBinary({ cacheDir: resolve('.cache'), allowDownload: true, log: console.warn })
}, 180_000)

afterEach(cleanups.run)

async function scratch(options?: Parameters<typeof makeScratch>[0]): Promise<string> {
  const { folder, remove } = await makeScratch(options)
  cleanups.add(remove)
  return folder
}

async function start(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const running = await startRedis({ dataDir, binary, log: ignore })
  if (!running) throw new Error('No Redis on this machine, and none to be had: see the warning above')
  cleanups.add(running.stop)
  return running
}

async function ask<T>(url: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { retryStrategy: () => null })
  redis.on('error', ignore)
  return question(redis).finally(() => redis.disconnect())
}

const pidIn = (dataDir: string) => Number.parseInt(readFileSync(join(dataDir, 'redis/pid'), 'utf8'), 10)

test('keeps data and address over a restart', async () => {
  const dataDir = await scratch()
  const first = await start(dataDir)
  await ask(first.url, (redis) => redis.set('kept', '42'))
  await first.stop()

  const second = await start(dataDir)

  expect(second.url).toBe(first.url)
  expect(await ask(second.url, (redis) => redis.get('kept'))).toBe('42')
  expect(await ask(second.url, (redis) => redis.config('GET', 'maxmemory-policy'))).toContain('noeviction')
})

test('asks for the password, which no process list shows', async () => {
  const dataDir = await scratch()
  const { url } = await start(dataDir)

  await expect(ask(url.replace(/:[^:@]+@/, ':guess@'), (redis) => redis.get('kept'))).rejects.toThrow()
  const commandLine = readFileSync(`/proc/${pidIn(dataDir)}/cmdline`, 'utf8')
  expect(commandLine).not.toContain(new URL(url).password)
  expect(statSync(join(dataDir, 'redis/redis.conf')).mode & 0o777).toBe(0o600)
})

test('refuses a folder that is in use', async () => {
  const dataDir = await scratch()
  await start(dataDir)

  await expect(start(dataDir)).rejects.toThrow('Redis in')
})

test('ends with an owner that is killed', async () => {
  const dataDir = await scratch({ user: ordinaryUser })
  const owner = await spawnOwner({
    service: 'redis',
    options: { dataDir, binary },
    user: ordinaryUser,
  })
  cleanups.add(() => owner.process.kill('SIGKILL'))
  const pid = pidIn(dataDir)
  await owner.end('SIGKILL')

  expect(await isTrueWithin(3000, () => !isRunning(pid))).toBe(true)
})

test('stops the one that a killed owner left running', async () => {
  const dataDir = await scratch()
  const owner = await spawnOwner({ service: 'redis', options: { dataDir, binary } })
  cleanups.add(() => owner.process.kill('SIGKILL'))
  const pid = pidIn(dataDir)
  killWatchdogOf(owner, pid)
  await owner.end('SIGKILL')
  expect(isRunning(pid)).toBe(true)

  const { url } = await start(dataDir)

  expect(isRunning(pid)).toBe(false)
  expect(await ask(url, (redis) => redis.ping())).toBe('PONG')
})
