import { exportJWK, generateKeyPair } from 'jose'
import { decryptWith, deriveKey, encryptWith, keyedDigest } from './data-key.js'
import { createOpen, createSeal } from './sealing.js'
import { looksLikeToken, newToken, tokenDigest } from './token.js'

async function pair() {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true })
  return {
    seal: await createSeal(await exportJWK(publicKey)),
    open: await createOpen(await exportJWK(privateKey)),
  }
}

/** One character in the middle changed for another. */
const spoiled = (text: string) => {
  const at = text.lastIndexOf('.') - 5
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

describe('sealing to a public key', () => {
  test('11.4: only the holder of the private key reads what was sealed', async () => {
    const [ours, theirs] = [await pair(), await pair()]

    const sealed = await ours.seal('123456')

    expect(sealed).not.toContain('123456')
    expect(await ours.open(sealed)).toBe('123456')
    await expect(theirs.open(sealed)).rejects.toThrow()
  })

  test('11.4: the same secret never looks the same, and one that was changed does not open', async () => {
    const { seal, open } = await pair()

    const [first, second] = [await seal('123456'), await seal('123456')]

    expect(first).not.toBe(second)
    await expect(open(spoiled(first))).rejects.toThrow()
  })

  test('what was encrypted with a data key is not sealed', async () => {
    const { open } = await pair()

    await expect(open(await encryptWith(new Uint8Array(32), '123456'))).rejects.toThrow()
  })
})

describe('a data key', () => {
  const secret = new Uint8Array(32).fill(7)

  test('12.1: one secret gives keys of 32 bytes, another for each use', () => {
    const [one, again, other] = [
      deriveKey(secret, 'one'),
      deriveKey(secret, 'one'),
      deriveKey(secret, 'other'),
    ]

    expect(one).toHaveLength(32)
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
    expect(deriveKey(new Uint8Array(32).fill(8), 'one')).not.toEqual(one)
  })

  test('reads what it encrypted, and nothing that was changed or is another key’s', async () => {
    const sealed = await encryptWith(deriveKey(secret, 'one'), 'naïve ☂')

    expect(await decryptWith(deriveKey(secret, 'one'), sealed)).toBe('naïve ☂')
    await expect(decryptWith(deriveKey(secret, 'other'), sealed)).rejects.toThrow()
    await expect(decryptWith(deriveKey(secret, 'one'), spoiled(sealed))).rejects.toThrow()
  })

  test('a keyed digest depends on the key and on the text', () => {
    expect(keyedDigest(secret, 'a')).toEqual(keyedDigest(secret, 'a'))
    expect(keyedDigest(secret, 'a')).not.toEqual(keyedDigest(secret, 'b'))
    expect(keyedDigest(secret, 'a')).not.toEqual(keyedDigest(new Uint8Array(32), 'a'))
  })
})

describe('a token', () => {
  test('10.1: has 256 bits, fits a link and is never drawn twice', () => {
    const tokens = Array.from({ length: 1000 }, newToken)

    expect(new Set(tokens).size).toBe(1000)
    expect(tokens.every(looksLikeToken)).toBe(true)
    expect(Buffer.from(tokens[0] ?? '', 'base64url')).toHaveLength(32)
  })

  test('10.1: is stored as its SHA-256', () => {
    expect(tokenDigest('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  test.each(['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(43)}\n`, '+'.repeat(43), 'a'.repeat(50_000)])(
    'is not what does not look like one (case %#)',
    (text) => {
      expect(looksLikeToken(text)).toBe(false)
    },
  )
})
