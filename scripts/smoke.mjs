// npm run smoke: starts everything with the README's command in a clean data folder, lives the story of an account
// through the public ports alone, stops with Ctrl-C, and looks whether anything is left. No dependencies.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const READY_MS = 120_000
const MAIL_MS = 20_000

const dataDir = mkdtempSync(join(tmpdir(), 'usergraph-smoke-'))
const [port, managementPort, inboxPort] = [await freePort(), await freePort(), await freePort()]
const graph = `http://localhost:${port}`
const inbox = `http://localhost:${inboxPort}`
let passed = 0

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address()
      server.close(() => resolve(free))
    })
  })
}

async function step(what, act) {
  const startedAt = performance.now()
  const result = await act()
  passed += 1
  console.log(`  ok  ${what} (${Math.round(performance.now() - startedAt)} ms)`)
  return result
}

function expect(condition, what) {
  if (!condition) throw new Error(what)
}

/** npm start, as a person types it; Ctrl-C reaches the whole process group, as in a terminal. */
async function start() {
  const child = spawn('npm', ['start'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      MANAGEMENT_PORT: String(managementPort),
      INBOX_PORT: String(inboxPort),
      LOG_LEVEL: 'warn',
    },
  })
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('npm start was not ready in time')), READY_MS)
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)))
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk)
      if (!chunk.includes('Usergraph is ready')) return
      clearTimeout(timer)
      resolve()
    })
  })
  return child
}

async function stop(child) {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGINT')
  await ended
}

async function ask(query, variables, token) {
  const response = await fetch(`${graph}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, ...(await response.json()) }
}

async function mail(subject) {
  const deadline = Date.now() + MAIL_MS
  while (Date.now() < deadline) {
    const mails = await (await fetch(`${inbox}/api/email`)).json()
    const found = mails.find((one) => one.subject.includes(subject))
    if (found) return found
    await new Promise((later) => setTimeout(later, 100))
  }
  throw new Error(`no mail "${subject}" came`)
}

/** Processes whose command line or environment names our data folder. */
function leftovers() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ['cmdline', 'environ'].some((file) => readProc(pid, file).includes(dataDir)))
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // it has ended meanwhile, or is not ours to read
  }
}

const EMAIL = 'ada@example.com'
const PASSWORD = 'correct horse battery'
const LOGIN = `mutation($email: EmailAddress!, $password: String!) {
  login(input: { identifier: { email: $email }, password: $password, tokenDelivery: BODY }) {
    result { ... on LoginSuccess { tokens { accessToken } user { email } } } userErrors { code } } }`

async function live() {
  await step('the health of every part', async () => {
    const { status } = await (await fetch(`http://127.0.0.1:${managementPort}/readyz`)).json()
    expect(status === 'ready', `readyz says ${status}`)
  })
  await step('a browser gets the explorer', async () => {
    const page = await fetch(`${graph}/graphql`, { headers: { accept: 'text/html' } })
    expect(page.status === 200 && (await page.text()).includes('Usergraph explorer'), 'no explorer')
  })
  await step('register', async () => {
    const { data } = await ask(
      'mutation($input: RegisterInput!) { register(input: $input) { nextStep userErrors { code } } }',
      { input: { email: EMAIL, username: 'ada', password: PASSWORD } },
    )
    expect(data?.register.nextStep === 'VERIFY_EMAIL', JSON.stringify(data))
  })
  const token = await step('the welcome mail is in the inbox', async () => {
    const found = /#token=([\w-]+)/.exec((await mail('Welcome')).text)?.[1]
    expect(found, 'the mail has no link')
    return found
  })
  await step('sign-in is refused before the address is verified', async () => {
    const { data } = await ask(LOGIN, { email: EMAIL, password: PASSWORD })
    expect(data?.login.userErrors[0]?.code === 'INVALID_CREDENTIALS', JSON.stringify(data))
  })
  await step('verify', async () => {
    const { data } = await ask(
      'mutation($token: String!) { verifyEmail(input: { token: $token }) { user { emailVerified } userErrors { code } } }',
      { token },
    )
    expect(data?.verifyEmail.user?.emailVerified === true, JSON.stringify(data))
  })
  const access = await signIn()
  await step('me, across subgraphs in one operation', async () => {
    const { data, errors } = await ask(
      '{ me { email username sessions { nodes { isCurrent } } password { isSet } notifications { nodes { kind } } } }',
      undefined,
      access,
    )
    expect(!errors && data.me.email === EMAIL && data.me.password.isSet, JSON.stringify({ data, errors }))
    expect(
      data.me.sessions.nodes.length === 1 && data.me.notifications.nodes.length > 0,
      JSON.stringify(data),
    )
  })
  await step('an anonymous me is refused', async () => {
    const { status, errors } = await ask('{ me { id } }')
    expect(status === 401 && errors[0].extensions.code === 'UNAUTHENTICATED', JSON.stringify(errors))
  })
}

const signIn = () =>
  step('sign in', async () => {
    const { data } = await ask(LOGIN, { email: EMAIL, password: PASSWORD })
    expect(data?.login.result?.user.email === EMAIL, JSON.stringify(data))
    return data.login.result.tokens.accessToken
  })

const stopped = (child) =>
  step('Ctrl-C stops all of it', async () => {
    await stop(child)
    const left = leftovers()
    expect(left.length === 0, `processes left: ${left.map((pid) => readProc(pid, 'cmdline')).join('; ')}`)
  })

let running = null
try {
  running = await step('npm start', start)
  await live()
  await stopped(running)
  running = await step('npm start, again', start)
  await signIn()
  await stopped(running)
  console.log(`\nsmoke: ${passed} passed, 0 failed`)
} catch (error) {
  console.error(error)
  console.log(`\nsmoke: ${passed} passed, 1 failed`)
  process.exitCode = 1
  if (running && running.exitCode === null) await stop(running)
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
