import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Server } from 'node:https'
import type { Logger } from '../../subgraphs/shared/log/logger.js'
import { type KeptFile, keepFile, type ReadFile } from '../edge/keep-file.js'

export type TlsVersion = 'TLSv1.2' | 'TLSv1.3'

type Options = { certFile: string; keyFile: string; minVersion: TlsVersion; log: Logger }

type Pair = { cert: string; key: string }

export type Tls = {
  /** What a server begins with. */
  options: Pair & { minVersion: TlsVersion; handshakeTimeout: number }
  /** Has each handshake of this server use the files as they are then. */
  keepFresh(server: Server): void
  files: KeptFile<string>[]
}

/** Without an end of its own a handshake that trickles holds its connection for two minutes. */
const HANDSHAKE_MS = 10_000

/**
 * A certificate and its key, out of files that are read again when they change, as whoever renews them writes them anew.
 *
 * The two do not change in one moment. Until they belong together again the old pair serves.
 */
export async function keepTls({ certFile, keyFile, minVersion, log }: Options): Promise<Tls> {
  const [cert, key] = await Promise.all([
    keepFile({ path: certFile, name: 'tls-certificate', read: readCertificate, log }),
    keepFile({ path: keyFile, name: 'tls-key', read: readKey, log }),
  ])
  const now = (): Pair => ({ cert: cert.current(), key: key.current() })
  const first = now()
  if (!belongTogether(first)) throw new Error(`${keyFile} is not the key of ${certFile}`)

  function keepFresh(server: Server): void {
    let [used, refused]: [Pair, Pair | null] = [first, null]
    // Ahead of Node's own listener, which takes the context as it is at this moment.
    server.prependListener('connection', () => {
      const fresh = now()
      if (isSame(fresh, used) || (refused && isSame(fresh, refused))) return
      if (adopt(server, fresh)) {
        used = fresh
        log.info({ event: 'tls.changed' })
      } else {
        refused = fresh
        log.warn({ event: 'tls.refused', reason: 'the key is not that of the certificate, or is too weak' })
      }
    })
  }

  /** What the library will not use, such as a key of 512 bits, is no reason to end. */
  function adopt(server: Server, fresh: Pair): boolean {
    try {
      if (!belongTogether(fresh)) return false
      server.setSecureContext({ ...fresh, minVersion })
      return true
    } catch {
      return false
    }
  }

  return {
    options: { ...first, minVersion, handshakeTimeout: HANDSHAKE_MS },
    keepFresh,
    files: [cert, key],
  }
}

const isSame = (one: Pair, other: Pair): boolean => one.cert === other.cert && one.key === other.key

const belongTogether = ({ cert, key }: Pair): boolean =>
  new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))

const readCertificate = (text: string): ReadFile<string> =>
  readAs(text, 'is no certificate in PEM form', () => new X509Certificate(text))

const readKey = (text: string): ReadFile<string> =>
  readAs(text, 'is no private key in PEM form without a passphrase', () => createPrivateKey(text))

function readAs(text: string, fault: string, parse: () => unknown): ReadFile<string> {
  try {
    parse()
    return { kind: 'read', value: text }
  } catch {
    return { kind: 'faulty', faults: [fault] } // what the library says of a key could show some of it
  }
}
