import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHttpCalls } from './http.js'

/** Calls of a server that answers with this and then hangs up. */
async function answered(head: string, then: (body: Promise<unknown>) => Promise<void>): Promise<void> {
  const server = createServer((request) => request.socket.end(head)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a port
  const calls = createHttpCalls(
    { users: url, auth: url, passwords: url, otp: url, notifications: url },
    async () => 'assertion',
  )

  await then(calls.call('users', 'findByIdentifier', {}))
  await calls.stop()
  server.close()
}

test('null is an answer', async () => {
  await answered('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull', async (answer) => {
    expect(await answer).toBeNull()
  })
})

test.each([
  ['cut off', 'Content-Length: 400\r\n\r\n{"id":"usr_'],
  ['no JSON', 'Content-Length: 4\r\n\r\n<ht>'],
])('1.5: an answer that is %s does not say that there is no account', async (_, rest) => {
  await answered(`HTTP/1.1 200 OK\r\n${rest}`, async (answer) => {
    await expect(answer).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  })
})

test('a failure keeps its code, and one without a code is a fault', async () => {
  await answered(
    'HTTP/1.1 404 Not Found\r\nContent-Length: 20\r\n\r\n{"code":"NOT_FOUND"}',
    async (answer) => {
      await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND' })
    },
  )
  await answered('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n', async (answer) => {
    await expect(answer).rejects.toThrow('internal call answered 502')
  })
})
