import { createServer } from 'node:net'

const LOOPBACK = '127.0.0.1'

/** A free port of the loopback address: the preferred one if nobody has taken it since. */
export async function findFreePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isPortFree(preferred))) return preferred
  const port = await tryToListen(0)
  if (port === null) throw new Error(`No free port on ${LOOPBACK}`)
  return port
}

export async function isPortFree(port: number): Promise<boolean> {
  return (await tryToListen(port)) !== null
}

function tryToListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, LOOPBACK, () => {
      const address = server.address()
      const given = address !== null && typeof address === 'object' ? address.port : null
      server.close(() => resolve(given))
    })
  })
}
