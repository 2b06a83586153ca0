import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Child, createChild } from './child-process.js'
import { takeFolderLock } from './folder-lock.js'
import { findFreePort, isPortFree } from './free-port.js'
import { stopLeftover } from './leftover-process.js'
import { findPackageFolder } from './package-folder.js'
import { becomesReady } from './run-until-ready.js'
import type { StopStep } from './stop-process.js'

const LOOPBACK = '127.0.0.1'

/** Each mail is on disk as soon as it is accepted, and an open page keeps MailDev from ending: so no long wait. */
const STOP_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', seconds: 1 },
  { signal: 'SIGKILL', seconds: 5 },
]

/** All are read at every start, so their number is bounded. The oldest go first. */
const KEPT_MAILS = 1000

type Ports = { webPort: number /** 0 for any free one. */; smtpPort: number }
type Options = Ports & { dataDir: string; log: (line: string) => void }
type Inbox = { smtpUrl: string; webUrl: string; stop(): Promise<void> }

/**
 * The development inbox: takes every mail, sends none on.
 *
 * MailDev runs in a process of its own. Importing it takes a second, which would hold up everything else here, and
 * it catches uncaught exceptions, which is not for it to do in ours.
 */
export async function startInbox({ dataDir, webPort, smtpPort, log }: Options): Promise<Inbox> {
  const lock = await takeFolderLock(join(resolve(dataDir), 'inbox.lock'), 'The inbox')
  try {
    const folder = join(resolve(dataDir), 'inbox')
    await mkdir(join(folder, 'mail'), { recursive: true, mode: 0o700 })
    await stopLeftover({ pidFile: join(folder, 'pid'), folder, stopSteps: STOP_STEPS, log })

    const ports = { webPort: await claimPort(webPort), smtpPort: await claimPort(smtpPort) }
    const child = await runMailDev(folder, ports)
    const webUrl = `http://${LOOPBACK}:${ports.webPort}`
    if (!(await becomesReady(child, () => answers(`${webUrl}/api/healthz`)))) await giveUp(child)
    log(`Inbox at ${webUrl}`)
    const stop = () => child.stop().finally(lock.release)
    return { webUrl, smtpUrl: `smtp://${LOOPBACK}:${ports.smtpPort}`, stop }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function claimPort(port: number): Promise<number> {
  if (port === 0) return findFreePort()
  if (await isPortFree(port)) return port
  throw new Error(`The inbox cannot open port ${port}: it is taken. Set INBOX_PORT to another one.`)
}

async function giveUp(child: Child): Promise<never> {
  if (!child.hasEnded()) await child.stop()
  throw new Error(`The inbox does not start:\n${child.lastWords()}`)
}

async function runMailDev(folder: string, { webPort, smtpPort }: Ports): Promise<Child> {
  const maildev = findPackageFolder('maildev')
  if (!maildev)
    throw new Error('The inbox needs the development dependencies: run npm install, or set SMTP_URL.')

  const settings = {
    smtp: smtpPort,
    ip: LOOPBACK,
    web: webPort,
    'web-ip': LOOPBACK,
    'mail-directory': join(folder, 'mail'),
    'max-emails': KEPT_MAILS,
    // Its certificate is made up, so a client that takes the offer fails.
    'hide-extensions': 'STARTTLS',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  return createChild({
    command: process.execPath,
    args: [join(maildev, 'dist/bin/maildev.js'), ...args, '--silent'],
    env: {},
    cwd: folder,
    logFile: join(folder, 'inbox.log'),
    stopSteps: STOP_STEPS,
    pidFile: join(folder, 'pid'),
  })
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}
