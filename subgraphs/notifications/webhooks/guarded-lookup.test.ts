import type { LookupAddress } from 'node:dns'
import { guardedLookup } from './guarded-lookup.js'
import { mayReach } from './networks.js'

/** What a name is said to be at each time it is asked for. */
function lookupOf(...answers: (string[] | Error)[]) {
  const look = guardedLookup(mayReach([]), (_, __, done) => {
    const answer = answers.shift() ?? new Error('asked too often')
    if (answer instanceof Error) return done(answer, [])
    done(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  })
  return (all: boolean) =>
    new Promise<string | LookupAddress[]>((resolve, reject) =>
      look('hooks.example.org', { all }, (error, address) => (error ? reject(error) : resolve(address))),
    )
}

test('12.2: a name that stands for a private address leads nowhere', async () => {
  await expect(lookupOf(['10.0.0.1'])(true)).rejects.toMatchObject({ code: 'NOT_PUBLIC' })
  await expect(lookupOf(['::ffff:127.0.0.1'])(false)).rejects.toMatchObject({ code: 'NOT_PUBLIC' })
  await expect(lookupOf([])(true)).rejects.toMatchObject({ code: 'NOT_PUBLIC' })
})

test('12.2: of many addresses only those are tried that are public', async () => {
  const lookup = lookupOf(['127.0.0.1', '1.1.1.1', 'fd00::1', '2606:4700::1111'], ['127.0.0.1', '1.1.1.1'])

  expect(await lookup(true)).toEqual([
    { address: '1.1.1.1', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ])
  expect(await lookup(false)).toBe('1.1.1.1')
})

test('12.2: a name that changes its answer is refused at the next connection', async () => {
  const lookup = lookupOf(['1.1.1.1'], ['169.254.169.254'])

  expect(await lookup(false)).toBe('1.1.1.1')
  await expect(lookup(false)).rejects.toMatchObject({ code: 'NOT_PUBLIC' })
})

test('a name that does not resolve says so', async () => {
  await expect(lookupOf(new Error('ENOTFOUND'))(true)).rejects.toThrow('ENOTFOUND')
})
