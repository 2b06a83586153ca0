import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { SUBGRAPH_NAMES } from '../subgraphs/shared/contracts/subgraph-names.js'
import { type EnvSource, SettingsError, withDatabaseUrls } from '../subgraphs/shared/env/read-env.js'
import { createLogger } from '../subgraphs/shared/log/logger.js'
import { stopOnSignal } from '../subgraphs/shared/runtime/stop-on-signal.js'
import { findFreePort } from './services/free-port.js'
import { START_FLAGS } from './start-flags.mjs'
import { stopWithNpm } from './stop-with-npm.js'
import { prepareSurroundings, STOP_ALL_MS } from './surroundings.js'
import { welcome } from './welcome.js'

// One process for each subgraph and one for the router, HTTP between them: what `npm run start:processes` runs.

const startedAt = performance.now()
const log = createLogger({ level: process.env['LOG_LEVEL'] ?? 'info' })
const READY_MS = 30_000
const AGAIN_AFTER_MS = 500

/** Secrets that belong to one part alone, besides each part's own key and database. */
const OWNED: Record<string, readonly string[]> = {
  users: ['USERS_KEY'],
  auth: ['AUTH_KEY'],
  passwords: ['PASSWORD_PEPPERS'],
  otp: ['OTP_KEY'],
  notifications: [
    'NOTIFICATIONS_SEALING_KEY',
    'NOTIFICATIONS_KEY',
    'MAIL_HOOK_SECRETS',
    'SMTP_URL',
    'TWILIO_AUTH_TOKEN',
    'VONAGE_API_SECRET',
    'VONAGE_SIGNATURE_SECRET',
    'SMS_HTTP_URL',
    'SMS_HTTP_AUTHORIZATION',
    'WEBHOOK_SECRETS',
  ],
}

const PARTS = [...SUBGRAPH_NAMES, 'router']

const ownedBy = (part: string): string[] => [
  `${part.toUpperCase()}_PRIVATE_KEY`,
  `${part.toUpperCase()}_DATABASE_URL`,
  ...(OWNED[part] ?? []),
]

/** The owner of the database is nobody's to know: the schemas are ready before the parts start. */
const SECRETS = new Set(['DATABASE_URL', 'DATABASE_ROLE_KEY', ...PARTS.flatMap(ownedBy)])

async function start(): Promise<void> {
  const surroundings = await prepareSurroundings(process.env, (line) => log.debug({ event: 'service', line }))
  const parts: Part[] = []
  const stop = async () => {
    await Promise.all(parts.map((part) => part.stop()))
    await surroundings.stop()
  }

  try {
    const env = { ...withDatabaseUrls(surroundings.env), ...(await places(surroundings.env)) }
    for (const name of PARTS) parts.push(keepRunning(name, onlyOwn(name, env)))
    await ready(`http://127.0.0.1:${surroundings.local.MANAGEMENT_PORT}/readyz`)
    process.stdout.write(`${welcome(surroundings, startedAt)}\n`)
    stopWithNpm()
    stopOnSignal(log, stop, STOP_ALL_MS)
  } catch (error) {
    await stop()
    throw error
  }
}

/** A free port for each subgraph that has none by setting, so that two checkouts run side by side. */
async function places(source: EnvSource): Promise<EnvSource> {
  const entries = await Promise.all(
    SUBGRAPH_NAMES.map(async (name) => {
      const setting = name.toUpperCase()
      const port = source[`${setting}_PORT`] ?? String(await findFreePort())
      return [
        [`${setting}_PORT`, port],
        [`${setting}_URL`, `http://127.0.0.1:${port}`],
      ]
    }),
  )
  return Object.fromEntries(entries.flat())
}

/** Each process is told its own secrets and nobody else's. */
function onlyOwn(part: string, env: EnvSource): EnvSource {
  const own = ownedBy(part)
  return Object.fromEntries(Object.entries(env).filter(([name]) => own.includes(name) || !SECRETS.has(name)))
}

async function ready(url: string): Promise<void> {
  const deadline = performance.now() + READY_MS
  while (performance.now() < deadline) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((later) => setTimeout(later, 100))
  }
  throw new Error(`the processes were not ready within ${READY_MS} ms`)
}

type Part = { stop(): Promise<void> }

/** Runs a part, and again whenever it ends by itself, as whoever runs containers would. */
function keepRunning(name: string, env: EnvSource): Part {
  const folder = name === 'router' ? 'router' : `subgraphs/${name}`
  const entry = fileURLToPath(new URL(`../${folder}/index.js`, import.meta.url))
  let child = run()
  let again: NodeJS.Timeout | undefined
  let isStopping = false

  function run(): ChildProcess {
    const started = fork(entry, {
      env: env as NodeJS.ProcessEnv,
      execArgv: [...START_FLAGS, ...process.execArgv],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    started.once('exit', (exitCode, signal) => {
      log.warn({ event: 'process.ended', name, exitCode, signal })
      if (isStopping) return
      again = setTimeout(() => {
        child = run()
      }, AGAIN_AFTER_MS)
    })
    return started
  }

  return {
    async stop() {
      isStopping = true
      clearTimeout(again)
      await stopChild(child)
    },
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

start().catch((error: unknown) => {
  if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`)
  else log.fatal({ event: 'start.failed', err: error })
  process.exit(1)
})
