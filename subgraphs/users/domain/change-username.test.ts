import { someActor } from '../../shared/test/requests.js'
import { makeChangeUsername } from './change-username.js'
import type { Account, UsernameChanged } from './ports.js'

const ACCOUNT = { id: 'usr_ada', username: 'countess' } as Account // what is left out is not read here

async function changed(input: string, stored: UsernameChanged = { kind: 'changed', account: ACCOUNT }) {
  const asked: string[] = []
  const changeUsername = makeChangeUsername({
    accounts: {
      async changeUsername(_, username) {
        asked.push(username)
        return stored
      },
    },
  })
  return { result: await changeUsername('usr_ada', input, someActor()), asked }
}

test('takes a username in its one form', async () => {
  const { result, asked } = await changed('CountESS')

  expect(result).toEqual({ kind: 'changed', account: ACCOUNT })
  expect(asked).toEqual(['countess'])
})

test('9.3: what is no username, or would speak for the operator, is refused and stores nothing', async () => {
  for (const input of ['', 'ab', 'a b c', 'admin', 'аdа', 'x'.repeat(31)]) {
    const { result, asked } = await changed(input)

    expect(result).toEqual({
      kind: 'refused',
      problems: [{ code: 'USERNAME_NOT_ALLOWED', field: ['username'] }],
    })
    expect(asked).toEqual([])
  }
})

test('a name that somebody has, or had of late, is taken', async () => {
  const { result } = await changed('grace', { kind: 'refused', reason: 'TAKEN' })

  expect(result).toEqual({ kind: 'refused', problems: [{ code: 'TAKEN', field: ['username'] }] })
})
