import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { signJwt } from './sign-jwt.js'

const KEYS = {
  EdDSA: generateKeyPairSync('ed25519'),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
}
const header = (alg: string) => ({ alg, typ: 'at+jwt', kid: 'k1' })

describe('a token that is signed here and now', () => {
  test.each(['EdDSA', 'ES256'] as const)('is one of %s to any other library', async (alg) => {
    const { privateKey, publicKey } = KEYS[alg]

    const token = signJwt({ header: header(alg), claims: { sub: 'usr_1', name: 'Žižka' } }, privateKey)

    const { payload, protectedHeader } = await jwtVerify(token, publicKey, { algorithms: [alg] })
    expect(protectedHeader).toEqual(header(alg))
    expect(payload).toEqual({ sub: 'usr_1', name: 'Žižka' })
  })

  test('4.2: is never signed by a key that is for another algorithm', () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
    const signing = (alg: string, key: typeof p384) => () => signJwt({ header: header(alg), claims: {} }, key)

    expect(signing('EdDSA', KEYS.ES256.privateKey)).toThrow('not for EdDSA')
    expect(signing('ES256', KEYS.EdDSA.privateKey)).toThrow('not for ES256')
    expect(signing('ES256', p384)).toThrow('not for ES256')
    expect(signing('none', KEYS.EdDSA.privateKey)).toThrow('not for none')
  })
})
