// node deploy/make-env.mjs: writes .env with a fresh set of secrets for docker-compose.yml. It never overwrites one:
// whoever loses these keys loses what they protect.
import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from '../scripts/build.mjs'
import { ensureInstalled } from '../scripts/ensure-installed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Keys of every part, and an address of the database for each, with a password of its own. */
export async function makeEnv() {
  const { generateKeys } = await import(`${root}dist/local/keys.js`)
  const { roleUrl } = await import(`${root}dist/subgraphs/shared/database/prepare.js`)
  const { SUBGRAPH_NAMES } = await import(`${root}dist/subgraphs/shared/contracts/subgraph-names.js`)

  const { DATABASE_ROLE_KEY: roleKey, ...keys } = await generateKeys()
  const password = randomBytes(32).toString('base64url')
  const owner = `postgres://usergraph:${password}@database:5432/usergraph`
  return {
    ...keys,
    DATABASE_PASSWORD: password,
    DATABASE_URL: owner,
    ...Object.fromEntries(
      SUBGRAPH_NAMES.map((name) => [`${name.toUpperCase()}_DATABASE_URL`, roleUrl(owner, name, roleKey)]),
    ),
  }
}

/** In single quotes a value is taken as it stands, JSON and dollar signs included. */
export const toEnvFile = (settings) =>
  Object.entries(settings)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join('')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = `${root}.env`
  if (existsSync(path)) {
    console.error('.env is there already and stays as it is.')
    process.exit(1)
  }
  ensureInstalled()
  await build()
  writeFileSync(path, toEnvFile(await makeEnv()), { mode: 0o600, flag: 'wx' })
  console.log('.env holds the secrets of this installation. Keep it to yourself and keep a copy.')
}
