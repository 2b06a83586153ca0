import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mailTo, tokenIn } from '../../router/test/seed/inbox.js'
import { login, register, somePerson, verify } from '../../router/test/seed/people.js'
import { removeData } from './remove-data.js'
import { type GraphShape, type RunningGraph, somePorts, startGraph } from './start-graph.js'

const ONE: GraphShape = { name: 'one process', folder: 'one', entry: 'start.js', env: { QUEUE: 'postgres' } }
const MANY: GraphShape = { ...ONE, name: 'many processes', folder: 'many', entry: 'start-processes.js' }

/** Processes that name this folder or descend from this one, as `ps` shows them. */
function processesOf({ process: parent }: RunningGraph, folder: string): string[] {
  const rows = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).trim().split('\n').slice(1)
  const parsed = rows.map((row) => {
    const [pid = '', ppid = '', ...args] = row.trim().split(/\s+/)
    return { pid: Number(pid), ppid: Number(ppid), args: args.join(' ') }
  })
  const family = new Set([parent.pid ?? -1])
  for (const { pid, ppid } of parsed) if (family.has(ppid)) family.add(pid)
  return parsed.filter(({ pid, args }) => family.has(pid) || args.includes(folder)).map(({ args }) => args)
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!holds() && Date.now() < deadline) await new Promise((later) => setTimeout(later, 100))
}

describe.each([ONE, MANY])('a graph in $name', (shape) => {
  let folder: string
  let graph: RunningGraph | null = null

  const start = async () => {
    graph = await startGraph(shape, folder, ports)
    Object.assign(process.env, graph.env)
    return graph
  }
  let ports: Awaited<ReturnType<typeof somePorts>>

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-life-'))
    ports = await somePorts()
  })

  afterEach(async () => {
    await graph?.stop()
    await removeData(folder)
  })

  test('Ctrl-C leaves no process behind, and the data is there after the next start', async () => {
    const first = await start()
    const { email, password } = somePerson()
    await register({ email, password })
    await verify(tokenIn(await mailTo(email, /welcome/i)))
    const before = processesOf(first, folder)

    await first.stop()
    const left = processesOf(first, folder)
    await start()
    const signedIn = await login({ identifier: { email }, password })

    expect(before.length).toBeGreaterThan(3)
    expect(left).toEqual([])
    expect(signedIn.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })

  test('13.1: kill -9 right after an acknowledged registration loses neither the account nor its mail', async () => {
    const first = await start()
    const { email, password } = somePerson()
    const registered = await register({ email, password })
    const ended = once(first.process, 'exit')
    first.process.kill('SIGKILL')
    await ended
    await until(() => processesOf(first, folder).length === 0)
    const orphans = processesOf(first, folder)

    await start()
    const verified = await verify(tokenIn(await mailTo(email, /welcome/i)))
    const signedIn = await login({ identifier: { email }, password })

    expect(orphans).toEqual([])
    expect(registered.data).toMatchObject({ register: { nextStep: 'VERIFY_EMAIL' } })
    expect(verified.data).toMatchObject({ verifyEmail: { user: { emailVerified: true } } })
    expect(signedIn.data).toMatchObject({ login: { result: { __typename: 'LoginSuccess' } } })
  })
})

describe('a graph that cannot start', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-life-'))
  })

  afterEach(() => removeData(folder))

  test('names every wrong setting at once, without its value', async () => {
    const wrong = {
      ...ONE,
      env: { ...ONE.env, ACCESS_KEY: '', AUTH_KEY: 'short', LINK_URLS: 'nonsense-value', OTP_KEY: 'x' },
    }

    const refusal = await startGraph(wrong, folder).catch((error: Error) => error.message)

    expect(refusal).toEqual(expect.stringContaining('AUTH_KEY'))
    expect(refusal).toEqual(expect.stringContaining('OTP_KEY'))
    expect(refusal).toEqual(expect.stringContaining('LINK_URLS'))
    expect(refusal).not.toEqual(expect.stringContaining('nonsense-value'))
  })

  test('in production does not make up keys, a database or an open explorer', async () => {
    const production = { ...ONE, env: { NODE_ENV: 'production' } }

    const refusal = await startGraph(production, folder).catch((error: Error) => error.message)

    expect(refusal).toEqual(expect.stringContaining('DATABASE_URL'))
  })

  test('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0

    const refusal = await startGraph(ONE, folder, { ...(await somePorts()), port }).catch(
      (error: Error) => error.message,
    )
    taken.close()

    expect(refusal).toEqual(expect.stringContaining(String(port)))
  })
})
