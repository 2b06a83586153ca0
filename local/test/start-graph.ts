import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { findFreePort } from '../services/free-port.js'
import { START_FLAGS } from '../start-flags.mjs'

export type GraphShape = {
  name: string
  folder: string
  /** What of `dist/local` runs it. */
  entry: string
  env: Record<string, string>
  /** Of what it writes the end is kept, unless a test reads all of it. */
  keepsEveryWord?: boolean
}

export type RunningGraph = {
  url: string
  /** For tests: where the graph and its inbox are, and the folder an operator's commands work on. */
  env: { GRAPH_URL: string; INBOX_URL: string; MANAGEMENT_URL: string; GRAPH_DATA_DIR: string }
  process: ChildProcess
  /** What it wrote, or the end of that. */
  lastWords(): string
  stop(): Promise<void>
}

const READY = 'Usergraph is ready'
const READY_MS = 60_000
const KEPT_LINES = 200

/** Runs the built graph as a person would, with a data folder and ports of its own. */
export async function startGraph(shape: GraphShape, dataDir: string, ports?: Ports): Promise<RunningGraph> {
  const { port, managementPort, inboxPort } = ports ?? (await somePorts())
  const lines: string[] = []
  const child = spawn(process.execPath, [...START_FLAGS, resolve('dist/local', shape.entry)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutSettings(process.env),
      LOG_LEVEL: 'warn',
      ...shape.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      MANAGEMENT_PORT: String(managementPort),
      INBOX_PORT: String(inboxPort),
      // Each test comes from an address of its own, as if a proxy of ours stood before the router.
      TRUSTED_PROXY_HOPS: '1',
    },
  })
  await becomesReady(child, lines, shape.keepsEveryWord ? Number.POSITIVE_INFINITY : KEPT_LINES)

  return {
    url: `http://localhost:${port}`,
    env: {
      GRAPH_URL: `http://localhost:${port}`,
      INBOX_URL: `http://127.0.0.1:${inboxPort}`,
      MANAGEMENT_URL: `http://127.0.0.1:${managementPort}`,
      GRAPH_DATA_DIR: dataDir,
    },
    process: child,
    lastWords: () => lines.join(''),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      const [code, signal] = await ended
      // Else it was cut off while it still had something to end, and others clean up behind it.
      if (code !== 0)
        throw new Error(`The graph did not end in order (${code ?? signal}):\n${lines.join('')}`)
    },
  }
}

type Ports = { port: number; managementPort: number; inboxPort: number }

export async function somePorts(): Promise<Ports> {
  return { port: await findFreePort(), managementPort: await findFreePort(), inboxPort: await findFreePort() }
}

/** What is set where the tests run must not change what they test. */
const SETTINGS = [
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'PUBLIC_URL',
  'NODE_ENV',
  'QUEUE',
  'EXPLORER',
  'SMS_PROVIDER',
  'SMS_COUNTRIES',
]

export const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !SETTINGS.includes(name)))

function becomesReady(child: ChildProcess, lines: string[], kept: number): Promise<void> {
  return new Promise((ready, reject) => {
    const timer = setTimeout(() => fail('was not ready in time'), READY_MS)
    const fail = (what: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`The graph ${what}:\n${lines.join('')}`))
    }
    const read = (chunk: Buffer) => {
      lines.push(chunk.toString())
      if (lines.length > kept) lines.shift()
      if (chunk.includes(READY)) {
        clearTimeout(timer)
        ready()
      }
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => fail(`ended with ${code}`))
  })
}
