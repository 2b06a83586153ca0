import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { operatorSource } from '../../../local/operator-source.js'
import { readUsersOperatorEnv } from '../../../subgraphs/users/env.js'
import { createUsersOperator } from '../../../subgraphs/users/subgraph.js'
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

/** What `give-role` does, without the second and a half that a process of its own takes to start. */
export async function giveRole(email: string, role: string): Promise<void> {
  const operator = createUsersOperator(readUsersOperatorEnv(await operatorSource(graphFolder())))
  const outcome = await operator.giveRole(email, role).finally(operator.stop)
  if (outcome !== 'GRANTED') throw new Error(`${email} was not given the role ${role}: ${outcome}`)
}

/** Someone to whom an operator has given a role, signed in with it. */
export async function someWithRole(role: 'admin' | 'support'): Promise<Person & { session: SignedIn }> {
  const person = await someVerified()
  await giveRole(person.email, role)
  return { ...person, session: await person.signIn() }
}

/** Someone whom an operator has made an administrator, signed in as one. */
export const someAdmin = () => someWithRole('admin')
