import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { getPriority } from 'node:os'
import { fileURLToPath } from 'node:url'

const WORKER = fileURLToPath(new URL('./hash-worker.mjs', import.meta.url))

const started: ChildProcess[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

async function readyWorker(): Promise<ChildProcess> {
  const worker = fork(WORKER, [], { serialization: 'advanced', env: {}, execArgv: [] })
  started.push(worker)
  await once(worker, 'message')
  return worker
}

test('runs at the lowest priority', async () => {
  const { pid = 0 } = await readyWorker()

  expect(getPriority(pid)).toBe(19)
})

test('outlives SIGTERM and SIGINT, which a whole process group gets while the parent still drains', async () => {
  const worker = await readyWorker()

  worker.kill('SIGTERM')
  worker.kill('SIGINT')
  worker.send({
    kind: 'hash',
    secret: new Uint8Array(32),
    params: { memoryKib: 8, iterations: 1, parallelism: 1 },
  })
  const [answer] = await once(worker, 'message')

  expect(answer).toEqual({ result: expect.stringContaining('$argon2id$') })
})

test('ends with a parent that was killed without a chance to stop it', async () => {
  const parentCode = `
    const worker = require('node:child_process').fork(${JSON.stringify(WORKER)}, [], { execArgv: [], env: {}, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    worker.once('message', () => console.log(worker.pid))
  `
  const parent = spawn(process.execPath, ['-e', parentCode], {
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(parent)
  await once(parent.stdout, 'data')

  parent.kill('SIGKILL')

  // The worker holds the other end of this pipe: it closes when both are gone, and only then.
  await once(parent.stdout, 'close')
})
