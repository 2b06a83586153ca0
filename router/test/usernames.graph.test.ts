import { ask } from './seed/ask.js'
import { login, someVerified } from './seed/people.js'

const CHANGE = `mutation($username: String!) {
  changeUsername(input: { username: $username }) { user { username } userErrors { code field } }
}`
const CHECK = 'query($username: String!) { checkUsername(username: $username) { acceptable reasons } }'

describe('usernames', () => {
  test('a person signs in by the new name, and nobody by the old one; three changes in 30 days', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    const change = (username: string) => ask(CHANGE, { token: tokens.accessToken, variables: { username } })

    const changed = await change(`${ada.username}-1`)
    const byNew = await login(
      { identifier: { username: `${ada.username}-1` }, password: ada.password },
      ada.ip,
    )
    const byOld = await login({ identifier: { username: ada.username }, password: ada.password }, ada.ip)

    expect(changed.data).toEqual({
      changeUsername: { user: { username: `${ada.username}-1` }, userErrors: [] },
    })
    expect(byNew.data).toMatchObject({ login: { userErrors: [] } })
    expect(byOld.data).toMatchObject({
      login: { result: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] },
    })

    await change(`${ada.username}-2`)
    await change(`${ada.username}-3`)
    expect((await change(`${ada.username}-4`)).codes).toEqual(['RATE_LIMITED'])
  })

  test('7.4: asking about a name tells nothing about who has it; taking it says that it is taken', async () => {
    const [ada, bob] = [await someVerified(), await someVerified()]
    const { tokens } = await bob.signIn()

    const taken = await ask(CHECK, { variables: { username: ada.username } })
    const free = await ask(CHECK, { variables: { username: `${ada.username}-free` } })
    const refused = await ask(CHANGE, { token: tokens.accessToken, variables: { username: ada.username } })

    expect(taken.data).toEqual({ checkUsername: { acceptable: true, reasons: [] } })
    expect(free.data).toEqual(taken.data)
    expect(refused.data).toEqual({
      changeUsername: { user: null, userErrors: [{ code: 'TAKEN', field: ['username'] }] },
    })
  })
})
