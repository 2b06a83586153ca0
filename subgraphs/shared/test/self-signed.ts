import { generateKeyPairSync, sign } from 'node:crypto'

export type SelfSigned = { key: string; cert: string }

/** A certificate that nobody has reason to trust: made just now, signed by itself (RFC 5280). Node can read such and not write them. */
export function selfSigned(commonName: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(COMMON_NAME, der(UTF8, Buffer.from(commonName)))))
  const toBeSigned = sequence(
    der(INTEGER, Buffer.from([1])),
    ECDSA_WITH_SHA256,
    name,
    sequence(utc(-1), utc(1)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const certificate = sequence(toBeSigned, ECDSA_WITH_SHA256, der(BITS, Buffer.from([0]), signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  }
}

const INTEGER = 0x02
const BITS = 0x03
const OID = 0x06
const UTF8 = 0x0c
const UTC_TIME = 0x17
const SEQUENCE = 0x30
const SET = 0x31

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const sequence = (...parts: Buffer[]) => der(SEQUENCE, ...parts)
const set = (...parts: Buffer[]) => der(SET, ...parts)

/** So many days from now, as `YYMMDDhhmmssZ`. */
const utc = (days: number) =>
  der(
    UTC_TIME,
    Buffer.from(new Date(Date.now() + days * 86_400_000).toISOString().replace(/^..|[-:T]|\.\d+/g, '')),
  )

const COMMON_NAME = der(OID, Buffer.from([0x55, 4, 3]))
const ECDSA_WITH_SHA256 = sequence(der(OID, Buffer.from([0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2])))
