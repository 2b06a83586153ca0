import { someCalls, someHandlers } from '../test/subgraph.js'
import { createInProcessCalls } from './in-process.js'
import { callClient } from './transport.js'

function calls() {
  const inside = createInProcessCalls()
  inside.register(someHandlers())
  return inside
}

test('a caller on the list is answered, with what the contract promises and no more', async () => {
  const users = callClient(someCalls, calls().transports('auth'))

  expect(await users.double({ n: 21 })).toEqual({ twice: 42 })
  expect(await users.nobody({})).toBeNull()
})

test.each(['router', 'otp', 'users'] as const)(
  '3.1: %s, which is not on the list, is refused',
  async (caller) => {
    const users = callClient(someCalls, calls().transports(caller))

    await expect(users.double({ n: 21 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  },
)

test.each(['unknown', 'constructor', '__proto__', 'toString'])('there is no call %s', async (name) => {
  await expect(calls().transports('auth').call('users', name, {})).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('an owner that is not there answers nothing', async () => {
  await expect(calls().transports('auth').call('otp', 'double', { n: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('an error of the owner reaches the caller as it is', async () => {
  const users = callClient(someCalls, calls().transports('auth'))

  await expect(users.refuse({})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
})
