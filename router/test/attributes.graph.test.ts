import { decodeJwt } from 'jose'
import { ask } from './seed/ask.js'
import { mailTo, tokenIn } from './seed/inbox.js'
import { someWithRole } from './seed/operators.js'
import { register, someClient, somePerson, someVerified } from './seed/people.js'

// What `deploy/config/attributes.example.json` defines.
const UPDATE = `mutation($attributes: [UserAttributeInput!]) {
  updateProfile(input: { profile: { attributes: $attributes } }) { user { attributes { namespace key value } } userErrors { code field } }
}`
const UPDATE_USER = `mutation($id: ID!, $attributes: [UserAttributeInput!]) {
  updateUser(id: $id, input: { profile: { attributes: $attributes } }) { user { attributes { namespace key value } } userErrors { code field } }
}`

const theme = (value: unknown) => ({ namespace: 'preferences', key: 'theme', value })
const number = { namespace: 'membership', key: 'number', value: 'AB123456' }
const priority = { namespace: 'support', key: 'priority', value: 2 }
const at = (index: number, part: string) => ['profile', 'attributes', String(index), part]

async function someSignedIn() {
  const person = await someVerified()
  const { tokens, userId } = await person.signIn()
  const update = async (...attributes: object[]) => {
    const { data } = await ask(UPDATE, { token: tokens.accessToken, variables: { attributes } })
    return data['updateProfile'] as unknown as { user: object | null; userErrors: object[] }
  }
  return { ...person, token: tokens.accessToken, userId, update }
}

describe('attributes that an operator defines', () => {
  test('their owner sets, replaces and removes those that are theirs to write', async () => {
    const ada = await someSignedIn()
    const interests = { namespace: 'preferences', key: 'interests', value: ['chess', 'go'] }

    const set = await ada.update(theme('dark'), interests)
    const replaced = await ada.update(theme('light'))
    const removed = await ada.update({ ...interests, value: null })

    expect(set).toEqual({ user: { attributes: [theme('dark'), interests] }, userErrors: [] })
    expect(replaced).toMatchObject({ user: { attributes: [theme('light'), interests] } })
    expect(removed).toMatchObject({ user: { attributes: [theme('light')] } })
  })

  test('9.5: what no schema takes, what is not theirs to write, and what is not there is told by its place; nothing is changed', async () => {
    const ada = await someSignedIn()

    const refused = await ada.update(
      theme('red'),
      number,
      priority,
      { ...theme('dark'), key: 'font' },
      theme('dark'),
    )

    expect(refused).toEqual({
      user: null,
      userErrors: [
        { code: 'INVALID', field: at(0, 'value') },
        { code: 'INVALID', field: at(1, 'namespace') },
        { code: 'NOT_FOUND', field: at(2, 'namespace') },
        { code: 'NOT_FOUND', field: at(3, 'key') },
        { code: 'INVALID', field: at(4, 'key') },
      ],
    })
    expect(await ada.update()).toMatchObject({ user: { attributes: [] } })
  })

  test.each(['{ __proto__: { a: 1 } }', '{ constructor: 1 }', '[[[[[[[[[[[1]]]]]]]]]]]'])(
    '9.5: JSON with a key or a depth that is not allowed is refused: %s',
    async (value) => {
      const { token } = await someSignedIn()
      const { codes } = await ask(
        `mutation { updateProfile(input: { profile: { attributes: [{ namespace: "preferences", key: "theme", value: ${value} }] } }) { user { id } } }`,
        { token },
      )

      expect(codes).toEqual(['BAD_USER_INPUT'])
    },
  )

  test('staff write theirs, and see those too that the owner does not', async () => {
    const [ada, support] = [await someSignedIn(), await someWithRole('support')]
    const token = support.session.tokens.accessToken
    await ada.update(theme('dark'))
    const updateAda = (attributes: object[]) =>
      ask(UPDATE_USER, { token, variables: { id: ada.userId, attributes } })

    const written = await updateAda([number, priority])
    const refused = await updateAda([theme('light')])
    const own = await ask(
      '{ all: me { attributes { key } } one: me { attributes(namespace: "support") { key } } }',
      {
        token: ada.token,
      },
    )

    expect(written.data['updateUser']).toEqual({
      user: { attributes: [theme('dark'), number, priority] },
      userErrors: [],
    })
    expect(refused.data['updateUser']).toMatchObject({
      userErrors: [{ code: 'INVALID', field: at(0, 'namespace') }],
    })
    expect(own.data).toEqual({
      all: { attributes: [{ key: 'theme' }, { key: 'number' }] },
      one: { attributes: [] },
    })
  })

  test('come with an account that is registered, or made and taken over; the SDK reads them', async () => {
    const [ada, support, client] = [somePerson(), await someWithRole('support'), someClient()]
    await ask(
      `mutation($email: EmailAddress!, $attributes: [UserAttributeInput!]) {
        createUser(input: { email: $email, profile: { attributes: $attributes } }) { userErrors { code } } }`,
      {
        token: support.session.tokens.accessToken,
        variables: { email: ada.email, attributes: [number, priority] },
      },
    )
    const invitationToken = tokenIn(await mailTo(ada.email, /you are invited/i))
    const profile = { attributes: [theme('dark')] }
    const wrong = await register({
      email: 'x@acme.test',
      password: ada.password,
      profile: { attributes: [number] },
    })
    await client.register({ invitationToken, password: ada.password, profile })
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })

    expect(wrong.data['register']).toMatchObject({
      userErrors: [{ code: 'INVALID', field: at(0, 'namespace') }],
    })
    expect(await client.myAttributes()).toEqual([theme('dark'), number])
    expect(await client.myAttributes('preferences')).toEqual([theme('dark')])
  })

  test('what the claims of the installation name stands in the next token', async () => {
    const [support, ada] = [await someWithRole('support'), await someSignedIn()]
    await ask(UPDATE_USER, {
      ...{ token: support.session.tokens.accessToken, variables: { id: ada.userId, attributes: [number] } },
    })

    const { tokens } = await ada.signIn()

    expect(decodeJwt(ada.token)).not.toHaveProperty(['https://acme.test/member_number'])
    expect(decodeJwt(tokens.accessToken)).toMatchObject({ 'https://acme.test/member_number': 'AB123456' })
  })
})
