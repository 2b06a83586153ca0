import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKeys, type Keys } from './keys.js'

/** Keys of a laptop: made at the first start, kept with the data they protect, readable by their owner alone. */
export async function developmentKeys(dataDir: string): Promise<Keys> {
  const path = join(dataDir, 'keys.json')
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  const known = kept === null ? {} : (JSON.parse(kept) as Keys) // written below
  // A newer version may need a secret more; those that are there protect what was written with them.
  const keys = { ...(await generateKeys()), ...known }
  if (Object.keys(keys).length === Object.keys(known).length) return keys

  await mkdir(dataDir, { recursive: true })
  // Written whole or not at all: half a file of keys would lock everyone out of the data.
  await writeFile(`${path}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 })
  await rename(`${path}.new`, path)
  return keys
}
