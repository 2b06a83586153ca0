import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { type Person, type SignedIn, someVerified } from './people.js'

export type Ran = { code: number; said: string }

/** What of this process's environment a command needs; the rest could set what it works on. */
const KEPT = ['PATH', 'HOME', 'TMPDIR']

/** Runs the built command as an operator would, on the data folder of the graph under test. */
export function admin(words: string[], env: Record<string, string> = graphFolder()): Promise<Ran> {
  const kept = KEPT.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  return new Promise((done) => {
    const command = [resolve('dist/local/admin.js'), ...words]
    execFile(process.execPath, command, { env: { ...Object.fromEntries(kept), ...env } }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), said: out + err }),
    )
  })
}

const graphFolder = () => ({ DATA_DIR: process.env['GRAPH_DATA_DIR'] ?? '' })

/** Someone to whom an operator has given a role, signed in with it. */
export async function someWithRole(role: 'admin' | 'support'): Promise<Person & { session: SignedIn }> {
  const person = await someVerified()
  const { code, said } = await admin(['give-role', person.email, role])
  if (code !== 0) throw new Error(`${person.email} was not given the role ${role}: ${said}`)
  return { ...person, session: await person.signIn() }
}

/** Someone whom an operator has made an administrator, signed in as one. */
export const someAdmin = () => someWithRole('admin')
