import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'

/** A random password, made at the first call and the same ever after. Its letters need no escaping in a URL. */
export async function keepPassword(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept.trim() !== '') return kept.trim()

  const password = randomBytes(24).toString('base64url')
  await writeFile(file, `${password}\n`, { mode: 0o600 })
  return password
}

export async function recallPort(file: string): Promise<number | undefined> {
  const port = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
  return port > 0 && port < 65_536 ? port : undefined
}

export async function rememberPort(file: string, port: number): Promise<void> {
  await writeFile(file, `${port}\n`)
}
