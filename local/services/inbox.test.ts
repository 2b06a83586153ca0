import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { z } from 'zod'
import { findFreePort } from './free-port.js'
import { startInbox } from './inbox.js'
import { isRunning } from './process-identity.js'
import { createCleanups, makeScratch, ordinaryUser, spawnOwner } from './service-testkit.js'
import { isTrueWithin } from './stop-process.js'

const cleanups = createCleanups()
const ignore = () => undefined

afterEach(cleanups.run)

async function scratch(options?: Parameters<typeof makeScratch>[0]): Promise<string> {
  const { folder, remove } = await makeScratch(options)
  cleanups.add(remove)
  return folder
}

async function start(dataDir: string, webPort: number) {
  const inbox = await startInbox({ dataDir, webPort, smtpPort: 0, log: ignore })
  cleanups.add(inbox.stop)
  return inbox
}

async function subjectsIn(webUrl: string): Promise<string[]> {
  const response = await fetch(`${webUrl}/api/email`)
  const mails = z.array(z.object({ subject: z.string() })).parse(await response.json())
  return mails.map(({ subject }) => subject)
}

test('takes mail and keeps it over a restart', async () => {
  const dataDir = await scratch()
  const first = await start(dataDir, await findFreePort())
  await createTransport(first.smtpUrl).sendMail({
    from: 'house@example.com',
    to: 'ada@example.com',
    subject: 'Welcome',
    text: 'Hello',
  })
  expect(await subjectsIn(first.webUrl)).toEqual(['Welcome'])
  await first.stop()

  const second = await start(dataDir, await findFreePort())

  expect(await subjectsIn(second.webUrl)).toEqual(['Welcome'])
})

test('names the port that is taken and the setting to change', async () => {
  const port = await findFreePort()
  const thief = createServer().listen(port, '127.0.0.1')
  cleanups.add(() => thief.close())

  await expect(start(await scratch(), port)).rejects.toThrow(new RegExp(`port ${port}.*INBOX_PORT`))
})

test('ends with an owner that is killed', async () => {
  const dataDir = await scratch({ user: ordinaryUser })
  const options = { dataDir, webPort: await findFreePort(), smtpPort: 0 }
  const owner = await spawnOwner({ service: 'inbox', options, user: ordinaryUser })
  cleanups.add(() => owner.process.kill('SIGKILL'))
  const pid = Number.parseInt(readFileSync(join(dataDir, 'inbox/pid'), 'utf8'), 10)
  await owner.end('SIGKILL')

  expect(owner.started.error).toBeUndefined()
  expect(await isTrueWithin(5000, () => !isRunning(pid))).toBe(true)
})
