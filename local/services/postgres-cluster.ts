import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { keepPassword } from './kept-values.js'
import type { PostgresBinaries } from './postgres-binaries.js'
import type { PostgresHome } from './postgres-home.js'
import type { ServiceUser } from './service-user.js'

export const POSTGRES_OWNER = 'usergraph'

/** Inherited, a `PGDATA` or an exotic locale of the shell would change the cluster. */
export const POSTGRES_ENV = { LC_ALL: 'C', TZ: 'UTC' }

const INITDB = [
  `--username=${POSTGRES_OWNER}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // Sorts by code point like C, and the same on every system, yet lower() knows more letters than A to Z.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
]

/** Makes the cluster at the first start. Gives the owner's password. */
export async function prepareCluster(home: PostgresHome, binaries: PostgresBinaries): Promise<string> {
  const passwordFile = join(home.folder, 'password')
  const isNew = !existsSync(home.cluster)
  if (!isNew && !existsSync(passwordFile)) {
    throw new Error(
      `${passwordFile} is gone, and with it the way into ${home.cluster}. Put one of them away.`,
    )
  }
  const password = await keepPassword(passwordFile)
  if (isNew) await makeCluster(home, binaries, password)
  return password
}

/** Made aside and moved into place: a start that is killed here begins again at the next. */
async function makeCluster(home: PostgresHome, binaries: PostgresBinaries, password: string): Promise<void> {
  await removeDrafts(home.folder)
  const draft = join(home.folder, `draft-${process.pid}`)
  const passwordFile = `${draft}.password`
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  for (const path of [draft, passwordFile]) await handTo(home.user, path)

  try {
    await promisify(execFile)(binaries.initdb, [...INITDB, `--pwfile=${passwordFile}`, '-D', draft], {
      cwd: draft,
      env: POSTGRES_ENV,
      ...(home.user ?? {}),
    })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, home.cluster)
}

async function removeDrafts(folder: string): Promise<void> {
  const drafts = (await readdir(folder)).filter((name) => name.startsWith('draft-'))
  for (const name of drafts) await rm(join(folder, name), { recursive: true, force: true })
}

async function handTo(user: ServiceUser | null, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid)
}
