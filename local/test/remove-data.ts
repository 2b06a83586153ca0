import { lstat, readdir, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Removes the data folders of graphs that have stopped, and the databases that lie elsewhere.
 *
 * As root a link leads to one, since its own user could not reach the folder itself: to remove the link alone would leave
 * some seventy megabytes behind with every run.
 */
export async function removeData(folder: string): Promise<void> {
  const inside = await readdir(folder, { withFileTypes: true })
  const folders = inside.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
  for (const each of [folder, ...folders]) {
    const link = join(each, 'postgres')
    const isLink = (await lstat(link).catch(() => null))?.isSymbolicLink()
    if (isLink) await rm(await realpath(link), { recursive: true, force: true })
  }
  await rm(folder, { recursive: true, force: true })
}
