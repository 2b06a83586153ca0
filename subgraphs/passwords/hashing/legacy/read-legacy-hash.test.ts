import { type Argon2Engine, loadArgon2, loadNodeRs } from '../argon2-engine.mjs'
import { HASH_SAMPLES } from './hash-samples.js'
import { readLegacyHash } from './read-legacy-hash.mjs'

const ARGON2_SAMPLES = HASH_SAMPLES.filter(([form]) => form.startsWith('argon2'))

const SALT = 'c2Vhc2FsdDQy'
const DIGEST = 'A'.repeat(43)
const BYTES_64 = Buffer.alloc(64).toString('base64')

const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

let engine: Argon2Engine
beforeAll(async () => {
  engine = await loadNodeRs()
})

async function matches(hash: string, password: string, by = engine): Promise<boolean> {
  const reading = readLegacyHash(hash)
  if ('refused' in reading) throw new Error(reading.refused)
  return reading.matches(Buffer.from(password), by)
}

test.each(HASH_SAMPLES)('%s by %s matches its password and no other', async (form, _, password, hash) => {
  expect(readLegacyHash(hash)).toMatchObject({ form })
  expect(await matches(hash, password)).toBe(true)

  for (const wrong of [`?${password.slice(1)}`, `${password.slice(0, 40)}?`, '', '\0'])
    expect(await matches(hash, wrong)).toBe(false)
})

test.each(HASH_SAMPLES)('%s by %s is refused where its end was cut off', (form, _source, _password, hash) => {
  const lastField = hash.lastIndexOf('$') + 1
  const cuts = [hash.slice(0, hash.length / 2)]
  // Salted SHA ends with its salt, which may have any length.
  if (!form.startsWith('salted-sha'))
    cuts.push(hash.slice(0, lastField), hash.slice(0, lastField - 1), hash.replace(/=*$/, '').slice(0, -3))

  for (const cut of cuts)
    expect(readLegacyHash(cut)).toEqual({ refused: expect.stringMatching(/^(MALFORMED|UNKNOWN_FORMAT)$/) })
})

test.each(HASH_SAMPLES)('%s by %s is refused with anything around it', (_form, _source, _password, hash) => {
  for (const other of [`${hash}\n`, `${hash}$`, `${hash}é`, ` ${hash}`, `x${hash}`])
    expect(readLegacyHash(other)).toHaveProperty('refused')
})

test.each(ARGON2_SAMPLES)(
  '%s by %s matches with the other library too',
  async (_form, _source, password, hash) => {
    const other = await loadArgon2()

    expect(await matches(hash, password, other)).toBe(true)
    expect(await matches(hash, 'another', other)).toBe(false)
  },
)

test.each([
  ['nothing', ''],
  ['a password in clear text', 'correct horse'],
  ['a bare MD5', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['DES crypt', 'rl.3StKT.4T8M'],
  ['unsalted SHA', '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g='],
  ['yescrypt', '$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7'],
  ['what is longer than any form', `$6$saltstring$${'A'.repeat(500)}`],
])('does not know %s', (_, hash) => {
  expect(readLegacyHash(hash)).toEqual({ refused: 'UNKNOWN_FORMAT' })
})

test.each([
  ['argon2 without memory', `$argon2id$v=19$t=2,p=1,t=1$${SALT}$${DIGEST}`],
  ['argon2 with less memory than its lanes need', `$argon2id$v=19$m=31,t=2,p=4$${SALT}$${DIGEST}`],
  ['argon2 with a key', `$argon2id$v=19$m=4096,t=2,p=1,keyid=AA$${SALT}$${DIGEST}`],
  ['argon2 with a short salt', `$argon2id$v=19$m=4096,t=2,p=1$AAAAAAAA$${DIGEST}`],
  ['argon2 with a digest that chance matches', `$argon2id$v=19$m=4096,t=2,p=1$${SALT}$AAAA`],
  ['bcrypt of a faulty PHP', '$2x$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e'],
  ['bcrypt of no cost', '$2b$03$abcdefghijklmnopqrstuusQetlFLdHHysqFKlv7K5cjgVeCn4Gd2'],
  ['Drupal with too few rounds', `$S$4${'A'.repeat(51)}`],
  ['phpass with a foreign sign', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r+L0'],
  ['Firebase without a signer key', `$firescrypt$ln=14,r=8,p=1$${SALT}$${BYTES_64}$Bw==$`],
  ['Firebase with half a signer key', `$firescrypt$ln=14,r=8,p=1$${SALT}$${BYTES_64}$Bw==$${DIGEST}`],
  ['md5-crypt with nine characters of salt', '$1$abcdefghi$OnjVCF5wgr1wwHeQc3rux/'],
  ['PBKDF2 without rounds', `$pbkdf2-sha256$0$${SALT}$${DIGEST}`],
  ['PBKDF2 of another length than it says', `$pbkdf2-sha256$i=1000,l=64$${SALT}$${DIGEST}`],
  ['PBKDF2 whose salt is no base 64', `$pbkdf2-sha256$1000$!!$${DIGEST}`],
  ['PBKDF2 without a salt', `$pbkdf2-sha256$1000$$${DIGEST}`],
  ['Django without a salt', `pbkdf2_sha256$1000$$${DIGEST}`],
  ['salted SHA without a salt', `{SSHA}${Buffer.alloc(20).toString('base64')}`],
  ['salted SHA with an endless salt', `{SSHA}${Buffer.alloc(85).toString('base64')}`],
  ['scrypt without lanes', `$scrypt$ln=14,r=8,p=0$${SALT}$${DIGEST}`],
  ['scrypt larger than its blocks allow', `$scrypt$ln=16,r=1,p=1$${SALT}$${DIGEST}`],
  ['scrypt without a salt', `$scrypt$ln=14,r=8,p=1$$${DIGEST}`],
  ['SHA-crypt with fewer rounds than its makers allow', `$5$rounds=0999$salt$${DIGEST}`],
  ['SHA-crypt with seventeen characters of salt', `$5$abcdefghijklmnopq$${DIGEST}`],
])('refuses %s', (_, hash) => {
  expect(readLegacyHash(hash)).toEqual({ refused: 'MALFORMED' })
})

test.each([
  ['argon2 memory', (m: number) => `$argon2id$v=19$m=${m},t=1,p=1$${SALT}$${DIGEST}`, 262_144],
  ['argon2 passes', (t: number) => `$argon2i$v=19$m=262144,t=${t},p=1$${SALT}$${DIGEST}`, 3],
  ['argon2 lanes', (p: number) => `$argon2d$v=19$m=65536,t=1,p=${p}$${SALT}$${DIGEST}`, 16],
  ['bcrypt', (cost: number) => `$2b$${cost}$abcdefghijklmnopqrstuusQetlFLdHHysqFKlv7K5cjgVeCn4Gd2`, 14],
  ['scrypt memory', (ln: number) => `$scrypt$ln=${ln},r=8,p=1$${SALT}$${DIGEST}`, 17],
  ['scrypt lanes', (p: number) => `$scrypt$ln=17,r=8,p=${p}$${SALT}$${DIGEST}`, 2],
  ['Firebase', (ln: number) => `$firescrypt$ln=${ln},r=8,p=1$${SALT}$${BYTES_64}$Bw==$${BYTES_64}`, 17],
  ['PBKDF2', (rounds: number) => `$pbkdf2-sha256$${rounds}$${SALT}$${DIGEST}`, 2_500_000],
  ['PBKDF2 of two blocks', (rounds: number) => `$pbkdf2$${rounds}$${SALT}$${DIGEST}`, 1_250_000],
  ['Django', (rounds: number) => `pbkdf2_sha256$${rounds}$salt$${DIGEST}`, 2_500_000],
  ['phpass', (log: number) => `$P$${DIGITS[log]}${'A'.repeat(30)}`, 18],
  ['Drupal', (log: number) => `$S$${DIGITS[log]}${'A'.repeat(51)}`, 18],
  ['sha256-crypt', (rounds: number) => `$5$rounds=${rounds}$salt$${DIGEST}`, 700_000],
  ['sha512-crypt', (rounds: number) => `$6$rounds=${rounds}$salt$${'A'.repeat(86)}`, 700_000],
])('takes %s up to what a worker bears, and not a step more (SECURITY 6.4)', (_, hashOf, most) => {
  expect(readLegacyHash(hashOf(most))).toHaveProperty('matches')
  expect(readLegacyHash(hashOf(most + 1))).toEqual({ refused: 'TOO_COSTLY' })
})

test('is not held up by hostile strings (SECURITY 9.6)', () => {
  const startedAt = performance.now()
  for (const beginning of [
    '',
    '$2b$',
    '$6$rounds=',
    '$argon2id$v=19$m=',
    '$pbkdf2-sha256$i=',
    '{SSHA}',
    '$scrypt$ln=',
  ])
    for (const filling of ['1', '$', 'A', '=', ',']) readLegacyHash(beginning + filling.repeat(50_000))

  expect(performance.now() - startedAt).toBeLessThan(100)
})
