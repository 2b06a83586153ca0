import { admitted } from './admitted.js'

type Asked = { password?: string; grant?: string }

/** Two at once, each under way until it is let go. */
function someDoor() {
  const underWay: (() => void)[] = []
  const signIn = admitted(2, ({ grant }: Asked) =>
    grant ? Promise.resolve('in') : new Promise<string>((done) => underWay.push(() => done('in'))),
  )
  return { signIn, underWay }
}

const password = 'plum kettle orbit'

test('6.4: one more than may be under way is refused before it begins, and is told when to come back', async () => {
  const { signIn, underWay } = someDoor()
  const first = [signIn({ password }), signIn({ password })]

  await expect(signIn({ password })).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    details: { retryAfterSeconds: 1 },
  })
  expect(underWay).toHaveLength(2)
  underWay[0]?.()
  expect(await first[0]).toBe('in')
})

test('whoever is through makes room, however it went', async () => {
  let fails = true
  const signIn = admitted(1, async (_: Asked) => {
    if (fails) throw new Error('away')
    return 'in'
  })

  await expect(signIn({ password })).rejects.toThrow('away')
  fails = false

  expect(await signIn({ password })).toBe('in')
})

test('a code needs no hash, and waits for none', async () => {
  const { signIn } = someDoor()
  void signIn({ password })
  void signIn({ password })

  expect(await signIn({ grant: 'e30.e30.e30' })).toBe('in')
})
