import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDkimSettings } from './dkim-settings.js'

const folder = mkdtempSync(join(tmpdir(), 'usergraph-dkim-'))
const pemOf = (privateKey: { export(how: object): string | Buffer }, how = {}) =>
  privateKey.export({ type: 'pkcs8', format: 'pem', ...how }).toString()

const keep = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const good = keep('good.pem', pemOf(rsa))
const short = keep('short.pem', pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey))
const other = keep('other.pem', pemOf(generateKeyPairSync('ed25519').privateKey))
const locked = keep('locked.pem', pemOf(rsa, { cipher: 'aes-256-cbc', passphrase: 'x' }))
const none = keep('none.pem', 'not a key')

afterAll(() => rmSync(folder, { recursive: true }))

const read = (env: Partial<Parameters<typeof readDkimSettings>[0]>) =>
  readDkimSettings({
    ...{ DKIM_SELECTOR: undefined, DKIM_DOMAIN: undefined, DKIM_PRIVATE_KEY_FILE: undefined },
    ...{ MAIL_FROM: { address: 'no-reply@mail.acme.test' } },
    ...env,
  })

test('signs nothing where nothing is set', () => {
  expect(read({})).toEqual({ settings: null, faults: [] })
})

test.each([undefined, 'mail.acme.test', 'acme.test'])('signs for %s', (domain) => {
  const { settings, faults } = read({
    ...{ DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: good, DKIM_DOMAIN: domain },
  })

  expect(faults).toEqual([])
  expect(settings).toMatchObject({ selector: 'k1', domain: domain ?? 'mail.acme.test' })
})

test.each([
  [{ DKIM_SELECTOR: 'k1' }, ['DKIM_PRIVATE_KEY_FILE']],
  [{ DKIM_PRIVATE_KEY_FILE: good }, ['DKIM_SELECTOR']],
  [{ DKIM_DOMAIN: 'acme.test' }, ['DKIM_SELECTOR', 'DKIM_PRIVATE_KEY_FILE']],
  [{ DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: good, DKIM_DOMAIN: 'other.test' }, ['DKIM_DOMAIN']],
  [{ DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: good, DKIM_DOMAIN: 'e.test' }, ['DKIM_DOMAIN']],
  [{ DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: join(folder, 'missing') }, ['DKIM_PRIVATE_KEY_FILE']],
  [{ DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: short }, ['DKIM_PRIVATE_KEY_FILE']],
  [{ DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: other }, ['DKIM_PRIVATE_KEY_FILE']],
  [{ DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: locked }, ['DKIM_PRIVATE_KEY_FILE']],
  [{ DKIM_SELECTOR: 'k1', DKIM_PRIVATE_KEY_FILE: none }, ['DKIM_PRIVATE_KEY_FILE']],
])('does not start with %j', (env, paths) => {
  expect(read(env).faults.map(({ path }) => path)).toEqual(paths)
})
