import { randomBytes } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { chmod, mkdir, realpath, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { canPassThrough, chooseServiceUser, isRoot, type ServiceUser } from './service-user.js'

/** Where things go that no folder of the project can hold, when we are root. */
const SYSTEM_FOLDER = '/var/lib/usergraph'

export type PostgresHome = {
  /** Holds the cluster, and beside it what only we read: password, port, log. */
  folder: string
  cluster: string
  user: ServiceUser | null
  /** Readable by the user above. */
  copyInto: string
}

/** `dataDir/postgres`, or a link of that name where the service's user could not reach the folder itself. */
export async function preparePostgresHome(
  dataDir: string,
  log: (line: string) => void,
): Promise<PostgresHome> {
  const chosen = chooseServiceUser()
  const link = join(dataDir, 'postgres')
  if (!existsSync(link)) await makeHome(link, chosen, log)

  const folder = await realpath(link)
  const cluster = join(folder, 'data')
  return { folder, cluster, user: userFor(cluster, chosen), copyInto: isRoot ? SYSTEM_FOLDER : dataDir }
}

async function makeHome(link: string, user: ServiceUser | null, log: (line: string) => void): Promise<void> {
  if (!user || canPassThrough(dirname(link), user)) {
    await mkdir(link)
    await chmod(link, user ? 0o711 : 0o700)
    return
  }
  const folder = join(SYSTEM_FOLDER, randomBytes(8).toString('hex'))
  await mkdir(folder, { recursive: true })
  for (const path of [SYSTEM_FOLDER, folder]) await chmod(path, 0o711)
  // A link whose folder is gone is no home any more.
  await rm(link, { force: true })
  await symlink(folder, link)
  log(`PostgreSQL cannot run as root, and its own user cannot reach ${link}: the data is in ${folder}`)
}

/** Whoever owns the cluster keeps it, be it that another account exists today than when it was made. */
function userFor(cluster: string, chosen: ServiceUser | null): ServiceUser | null {
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (!owner) return chosen
  if (chosen) return { uid: owner.uid, gid: owner.gid }
  if (owner.uid !== process.getuid?.()) {
    throw new Error(`${cluster} belongs to another user. Start as that user, or set another DATA_DIR.`)
  }
  return null
}
