import { ask } from './seed/ask.js'
import { fetchesFor } from './seed/metrics.js'
import { someAdmin, someWithRole } from './seed/operators.js'
import { register, someClient, somePerson, someVerified } from './seed/people.js'

const USERS = `query($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {
  users(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { email } } totalCount { value isExact } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`

type Users = {
  edges: { node: { email: string } }[]
  totalCount: { value: number; isExact: boolean }
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
}

/** Some people whom nobody else's search finds. */
async function someFamily(count: number) {
  const family = `f${somePerson().username.slice(1)}`
  const emails = Array.from({ length: count }, (_, index) => `${index}.${family}@acme.test`)
  for (const email of emails) {
    await register({
      email,
      password: 'plum kettle orbit lamp',
      profile: { displayName: `${email.slice(0, 1)} ${family}` },
    })
  }
  return { family, emails }
}

describe('the list of users', () => {
  test('is searched, ordered, counted and paged both ways', async () => {
    const { session } = await someWithRole('support')
    const { family, emails } = await someFamily(5)
    const asked = { filter: { query: family }, orderBy: { field: 'DISPLAY_NAME' } }
    const page = async (variables: object) => {
      const { data } = await ask(USERS, {
        token: session.tokens.accessToken,
        variables: { ...asked, ...variables },
      })
      const { edges, ...rest } = data['users'] as unknown as Users
      return { emails: edges.map(({ node }) => node.email), ...rest }
    }

    const first = await page({ first: 2 })
    const second = await page({ first: 2, after: first.pageInfo.endCursor })
    const back = await page({ last: 2, before: second.pageInfo.startCursor })
    const end = await page({ last: 2 })

    expect(first).toMatchObject({ emails: emails.slice(0, 2), totalCount: { value: 5, isExact: true } })
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    expect(second).toMatchObject({
      emails: emails.slice(2, 4),
      pageInfo: { hasNextPage: true, hasPreviousPage: true },
    })
    expect(back.emails).toEqual(first.emails)
    expect(end).toMatchObject({
      emails: emails.slice(3),
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    })
  })

  test('sessions and roles of everyone on a page are one fetch to each subgraph', async () => {
    const { session } = await someAdmin()
    const list = () =>
      ask(
        '{ users(first: 10) { nodes { id roles { name } lastSignInAt sessions { nodes { id device { name } } } } } }',
        { token: session.tokens.accessToken },
      )

    const { data, errors } = await list()

    const { nodes } = data['users'] as unknown as { nodes: { id: string }[] }
    expect(errors).toBeUndefined()
    expect(await fetchesFor(list, 2)).toBe(2)
    expect(nodes.find(({ id }) => id === session.userId)).toMatchObject({
      roles: [{ name: 'user' }, { name: 'admin' }],
      lastSignInAt: expect.any(String),
      sessions: { nodes: [{ id: session.sessionId }] },
    })
  })

  test('asks for a scope, and an argument that means nothing is refused by its name', async () => {
    const [support, ada] = [await someWithRole('support'), await (await someVerified()).signIn()]
    const refused = async (variables: Record<string, unknown>) => {
      const { codes, errors } = await ask(USERS, { token: support.session.tokens.accessToken, variables })
      return [codes, errors?.[0]?.extensions['field']]
    }

    expect((await ask(USERS, { token: ada.tokens.accessToken })).codes).toEqual(['FORBIDDEN'])
    expect(await refused({ filter: { query: 'ad' } })).toEqual([['BAD_USER_INPUT'], 'filter.query'])
    expect(await refused({ after: 'nonsense' })).toEqual([['BAD_USER_INPUT'], 'after'])
    expect(await refused({ first: 1, last: 1 })).toEqual([['BAD_USER_INPUT'], 'first'])
    expect(await refused({ last: 1, after: 'x' })).toEqual([['BAD_USER_INPUT'], 'after'])
  })

  test('the SDK lists them', async () => {
    const [admin, client] = [await someAdmin(), someClient()]
    await client.signIn({ identifier: { email: admin.email }, password: admin.password })

    const { nodes, totalCount } = await client.users({ filter: { email: admin.email } })

    expect(nodes).toMatchObject([{ email: admin.email, status: 'ACTIVE', lastSignInAt: expect.any(String) }])
    expect(totalCount).toEqual({ value: 1, isExact: true })
  })
})
