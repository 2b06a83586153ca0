import { statSync } from 'node:fs'
import { chown, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ask, cleanups, pidFileIn, postmasterOf, scratch, start } from './postgres-testkit.js'
import { isRoot } from './service-user.js'

afterEach(cleanups.run)

test('starts from nothing, with the settings promised', async () => {
  const dataDir = join(await scratch(), 'data')
  const { url } = await start(dataDir)

  const [row] = await ask(
    url,
    (sql) => sql`
    select current_database() as database, current_setting('server_encoding') as encoding,
      current_setting('timezone') as zone, current_setting('fsync') as fsync,
      current_setting('max_connections') as connections, lower('ÄÖ') as lower,
      (select rolsuper from pg_roles where rolname = current_user) as super`,
  )

  expect(row).toEqual({
    database: 'usergraph',
    encoding: 'UTF8',
    zone: 'UTC',
    fsync: 'on',
    connections: '200',
    lower: 'äö',
    super: true,
  })
  expect(await realpath(join(dataDir, 'postgres'))).toBe(join(dataDir, 'postgres'))
  expect((await stat(join(dataDir, 'postgres/password'))).mode & 0o777).toBe(0o600)
})

test('asks for the password', async () => {
  const { url } = await start(await scratch())

  const guess = url.replace(/:[^:@]+@/, ':guess@')

  await expect(ask(guess, (sql) => sql`select 1`)).rejects.toMatchObject({ code: '28P01' })
})

test('keeps data and address over a restart', async () => {
  const dataDir = await scratch()
  const first = await start(dataDir)
  await ask(first.url, (sql) => sql`create table kept as select 42 as answer`)
  await first.stop()

  const second = await start(dataDir)

  expect(second.url).toBe(first.url)
  expect(await ask(second.url, (sql) => sql`select answer from kept`)).toMatchObject([{ answer: 42 }])
})

test('takes another port when the last one is taken', async () => {
  const dataDir = await scratch()
  const first = await start(dataDir)
  await first.stop()
  const thief = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
  cleanups.add(() => thief.close())

  const second = await start(dataDir)

  expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
  await ask(second.url, (sql) => sql`select 1`)
})

test('runs beside another one', async () => {
  const urls = await Promise.all([scratch(), scratch()]).then((dirs) =>
    Promise.all(dirs.map((dir) => start(dir))),
  )

  for (const { url } of urls) await ask(url, (sql) => sql`select 1`)
  expect(urls[0]?.url).not.toBe(urls[1]?.url)
})

test('survives a pid file whose process is gone or another', async () => {
  const dataDir = await scratch()
  const first = await start(dataDir)
  const genuine = await readFile(pidFileIn(dataDir), 'utf8')
  await first.stop()
  const { uid, gid } = statSync(join(dataDir, 'postgres/data'))

  // Our own pid stands for one that the system has given to somebody else since.
  for (const pid of ['4194300', String(process.pid)]) {
    await writeFile(pidFileIn(dataDir), genuine.replace(/^\d+/, pid))
    await chown(pidFileIn(dataDir), uid, gid)
    await (await start(dataDir)).stop()
  }
})

test('recovers from a server that was killed itself', async () => {
  const dataDir = await scratch()
  const first = await start(dataDir)
  await ask(first.url, (sql) => sql`create table kept as select 42 as answer`)
  process.kill(postmasterOf(dataDir), 'SIGKILL')
  await first.stop()

  const second = await start(dataDir)

  expect(await ask(second.url, (sql) => sql`select answer from kept`)).toMatchObject([{ answer: 42 }])
})

test('puts the data elsewhere where, and only where, root keeps the folder to itself', async () => {
  const dataDir = await scratch({ mode: 0o700 })
  const { url, stop } = await start(dataDir)
  const elsewhere = await realpath(join(dataDir, 'postgres'))
  cleanups.add(() => rm(elsewhere, { recursive: true, force: true }))

  await ask(url, (sql) => sql`create table kept as select 42 as answer`)
  await stop()

  expect(elsewhere.startsWith(await realpath(dataDir))).toBe(!isRoot)
  const again = await start(dataDir)
  expect(await ask(again.url, (sql) => sql`select answer from kept`)).toMatchObject([{ answer: 42 }])
  await again.stop()
})
