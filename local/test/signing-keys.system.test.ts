import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { ask, graphUrl } from '../../router/test/seed/ask.js'
import { admin, someAdmin } from '../../router/test/seed/operators.js'
import { someVerified } from '../../router/test/seed/people.js'
import { REVOCATION_MS, untilRefused } from '../../router/test/seed/revocation.js'
import { removeData } from './remove-data.js'
import { type RunningGraph, startGraph } from './start-graph.js'

let folder: string
let graph: RunningGraph

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-keys-'))
  const shape = { name: 'many', folder: 'many', entry: 'start-processes.js', env: { QUEUE: 'postgres' } }
  graph = await startGraph(shape, folder)
  Object.assign(process.env, graph.env)
}, 60_000)

afterAll(async () => {
  await graph?.stop()
  await removeData(folder)
})

const ROTATE =
  'mutation($kid: String) { rotateSigningKey(input: { emergencyRemoveKid: $kid }) { activeKid nextKid retiringKids userErrors { code } } }'

type Summary = { activeKid: string; nextKid: string; retiringKids: string[]; userErrors: object[] }

const rotate = async (token: string, kid: string | null = null): Promise<Summary> => {
  const { data } = await ask(ROTATE, { token, variables: { kid } })
  return data['rotateSigningKey'] as unknown as Summary
}

async function publishedKids(): Promise<string[]> {
  const response = await fetch(`${graphUrl()}/.well-known/jwks.json`)
  const { keys } = (await response.json()) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? ''

describe('signing keys', () => {
  test('4.4: the next one is published ahead; one that is taken back is refused within 5 seconds, and people go on with the next', async () => {
    const [operator, ada] = [await someAdmin(), await someVerified()]
    const { tokens } = await ada.signIn()
    const before = kidOf(tokens.accessToken)
    const planned = await rotate(operator.session.tokens.accessToken)
    const published = await publishedKids()

    const removed = await rotate(operator.session.tokens.accessToken, before)
    const took = await untilRefused(tokens.accessToken)
    const left = await publishedKids()
    const again = await ada.signIn()
    const answer = await ask('{ me { id } }', { token: again.tokens.accessToken })

    // It was published minutes ago at most: until ten have passed it waits (4.4).
    expect(planned).toMatchObject({ activeKid: before, nextKid: expect.any(String), userErrors: [] })
    expect(published).toEqual(expect.arrayContaining([before, planned.nextKid]))
    expect(removed).toMatchObject({ activeKid: planned.nextKid, retiringKids: [] })
    expect(kidOf(again.tokens.accessToken)).toBe(planned.nextKid)
    expect(answer.status).toBe(200)
    // The promise is a minute; what is promised of sessions that end holds of a key as well.
    expect(took).toBeLessThan(REVOCATION_MS)
    expect(left).not.toContain(before)
  }, 60_000)

  test('are rotated at the command line, on the database of what runs', async () => {
    const rotated = await admin(['rotate-keys'])
    const unknown = await admin(['rotate-keys', 'no-such-key'])

    expect(rotated).toEqual({ code: 0, said: expect.stringMatching(/^Signs now: \S+\. Next: \S+\./) })
    expect(unknown).toEqual({ code: 1, said: expect.stringContaining('There is no key no-such-key') })
  })
})
