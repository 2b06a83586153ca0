import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * The folder of an installed package, or null.
 *
 * Looked for by hand: the packages whose files we run have an `exports` map that does not name those files.
 */
export function findPackageFolder(name: string, { under }: { under?: string } = {}): string | null {
  const roots = createRequire(import.meta.url).resolve.paths(name) ?? []
  const nested = under ? roots.map((root) => join(root, under, 'node_modules')) : []
  const folders = [...roots, ...nested].map((root) => join(root, name))
  return folders.find((folder) => existsSync(join(folder, 'package.json'))) ?? null
}
