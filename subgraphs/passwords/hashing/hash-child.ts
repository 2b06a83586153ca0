import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { HashParams } from './hash-params.js'

export type HashJob =
  | { kind: 'hash'; secret: Uint8Array; params: HashParams }
  | { kind: 'verify'; secret: Uint8Array; phc: string }
  | { kind: 'verify-legacy'; secret: Uint8Array; hash: string; dummyPhc: string }

export type HashChild = {
  readonly pid: number | undefined
  /** One job at a time: the pool hands out the next when this one has settled. */
  run(job: HashJob): Promise<string | boolean>
  /** Resolves when the process is gone. */
  stop(): Promise<void>
}

type Answer = { ready: true } | { result: string | boolean } | { fault: string }

type Events = {
  onReady: (child: HashChild) => void
  onEnd: (child: HashChild, state: { wasReady: boolean }) => void
}

const WORKER = fileURLToPath(new URL('./hash-worker.mjs', import.meta.url))

/** A job takes tens of milliseconds; a child silent for this long is stuck and would block its place for good. */
const STUCK_AFTER_MS = 10_000

/** Starts one worker process. It never holds this process alive, except while a job runs in it. */
export function startHashChild({ onReady, onEnd }: Events): HashChild {
  const worker = forkWorker()
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let settle: (answer: Answer) => void = () => {}
  let wasReady = false

  const child: HashChild = {
    pid: worker.pid,
    run: (job) =>
      new Promise((resolve, reject) => {
        const stuck = setTimeout(() => worker.kill('SIGKILL'), STUCK_AFTER_MS)
        worker.channel?.ref()
        settle = (answer) => {
          settle = () => {}
          clearTimeout(stuck)
          worker.channel?.unref()
          if ('result' in answer) resolve(answer.result)
          else reject(new Error(`password hashing failed: ${'fault' in answer ? answer.fault : 'no result'}`))
        }
        worker.send(job, (error) => error && end())
      }),
    async stop() {
      worker.kill('SIGKILL') // nothing in it is worth a farewell: no job runs, no file is open
      await gone
    },
  }

  // A killed child loses its channel first and reports its exit later; between the two it must get no job.
  let ended = false
  const end = () => {
    if (ended) return
    ended = true
    worker.kill('SIGKILL')
    settle({ fault: 'the worker died' })
    onEnd(child, { wasReady })
  }

  worker.on('message', (message) => {
    const answer = message as Answer // only the worker talks on this channel, and it sends nothing else
    if (!('ready' in answer)) return settle(answer)
    wasReady = true
    onReady(child)
  })
  worker.once('disconnect', end)
  worker.once('exit', end)
  worker.on('error', end) // a failed fork; without a listener it would end this process

  worker.unref()
  worker.channel?.unref()
  return child
}

function forkWorker() {
  return fork(WORKER, [], {
    serialization: 'advanced',
    env: {}, // the worker needs none, and the parent's holds the peppers
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}
