import { ask } from './seed/ask.js'
import { askedUntil } from './seed/asked-until.js'
import { admin, someAdmin } from './seed/operators.js'
import { login, register, someClient, someVerified } from './seed/people.js'

type Event = {
  action: string
  outcome: string
  actor: { id: string } | null
  ip: string | null
  detail: object
}

const MINE = `query($first: Int, $after: String) { me { auditLog(first: $first, after: $after) {
  nodes { id action outcome ip userAgent client detail chain hash previousHash actor { id } subject { id email } }
  pageInfo { hasNextPage endCursor } } } }`
const ALL = `query($filter: AuditLogFilter, $first: Int) { auditLog(filter: $filter, first: $first) {
  nodes { action outcome ip detail actor { id } subject { id } } pageInfo { hasNextPage } } }`

const mine = async (token: string, variables: Record<string, unknown> = { first: 50 }) => {
  const { data } = await ask(MINE, { token, variables })
  return (data['me'] as unknown as { auditLog: { nodes: Event[]; pageInfo: { endCursor: string } } }).auditLog
}

const having =
  (action: string, outcome = 'SUCCESS') =>
  ({ nodes }: { nodes: Event[] }) =>
    nodes.some((event) => event.action === action && event.outcome === outcome)

describe('the audit log', () => {
  test('12.4: a person reads what was done to their account, by them and by others who tried', async () => {
    const ada = await someVerified()
    await login({ identifier: { email: ada.email }, password: 'wrong' }, ada.ip)
    await register({ email: ada.email, password: 'plum kettle orbit lamp' })
    const { tokens, userId } = await ada.signIn()
    await ask('mutation { updateProfile(input: { profile: { locale: "en-GB" } }) { user { id } } }', {
      token: tokens.accessToken,
      ip: ada.ip,
    })

    const log = await askedUntil(() => mine(tokens.accessToken), having('user.update-profile'))

    expect(log.nodes.map(({ action, outcome, actor }) => [action, outcome, actor?.id ?? null])).toEqual(
      expect.arrayContaining([
        ['user.register', 'SUCCESS', null],
        ['user.verify-email', 'SUCCESS', null],
        ['session.start', 'FAILURE', null],
        ['user.register', 'FAILURE', null],
        ['session.start', 'SUCCESS', userId],
        ['user.update-profile', 'SUCCESS', userId],
      ]),
    )
    expect(log.nodes.find(({ action }) => action === 'user.update-profile')).toMatchObject({
      ip: ada.ip,
      detail: { fields: 'locale' },
      subject: { id: userId, email: ada.email },
    })
  })

  test('the log of one account is paged newest first', async () => {
    const { tokens } = await (await someVerified()).signIn()
    const whole = await askedUntil(() => mine(tokens.accessToken), having('session.start'))

    const first = await mine(tokens.accessToken, { first: 2 })
    const second = await mine(tokens.accessToken, { first: 2, after: first.pageInfo.endCursor })

    expect([...first.nodes, ...second.nodes]).toEqual(whole.nodes.slice(0, 4))
  })

  test('4.5, 12.4: what an administrator did names them, and the person does not learn from where', async () => {
    const [root, person] = [await someAdmin(), await someVerified()]
    const [token, bob] = [root.session.tokens.accessToken, await person.signIn()]
    await ask('mutation($id: ID!) { revokeUserSessions(userId: $id) { revokedSessionIds } }', {
      token,
      variables: { id: bob.userId },
    })
    const filter = { actorId: root.session.userId, action: ['session.end'] }
    const look = async () => (await ask(ALL, { token, variables: { filter } })).data['auditLog'] as never

    const seen = await askedUntil<{ nodes: Event[] }>(look, having('session.end'))
    const asRoot = await ask(
      'query($id: ID!) { user(id: $id) { auditLog(first: 1) { nodes { action ip actor { id } } } } }',
      { token, variables: { id: bob.userId } },
    )

    const asBob = await mine((await person.signIn()).tokens.accessToken)

    expect(asBob.nodes.find(({ action }) => action === 'session.end')).toMatchObject({
      actor: { id: root.session.userId },
      ip: null,
      userAgent: null,
    })
    expect(seen.nodes).toMatchObject([
      { actor: { id: root.session.userId }, subject: { id: bob.userId }, ip: expect.any(String) },
    ])
    expect(asRoot.data['user']).toMatchObject({ auditLog: { nodes: [{ ip: expect.any(String) }] } })
  })

  test('the whole log asks for a scope, and a filter that means nothing is refused by its field', async () => {
    const [root, ada] = [await someAdmin(), await (await someVerified()).signIn()]
    const token = root.session.tokens.accessToken
    const refused = async (filter: object) => {
      const { codes, errors } = await ask(ALL, { token, variables: { filter } })
      return [codes, errors?.[0]?.extensions['field']]
    }

    expect((await ask(ALL, { token: ada.tokens.accessToken })).codes).toEqual(['FORBIDDEN'])
    expect(await refused({ actorId: 'ada' })).toEqual([['BAD_USER_INPUT'], 'filter.actorId'])
    expect(await refused({ since: 'yesterday' })).toEqual([['BAD_USER_INPUT'], 'filter.since'])
    expect(await refused({ ip: '10.0.0' })).toEqual([['BAD_USER_INPUT'], 'filter.ip'])
    expect((await ask(ALL, { token, variables: { first: 101 } })).codes).toEqual(['BAD_USER_INPUT'])
  })

  test('the SDK reads both, and the operator verifies the chain of today', async () => {
    const [root, client] = [await someAdmin(), someClient()]
    await client.signIn({ identifier: { email: root.email }, password: root.password })

    const own = await askedUntil(client.myAuditLog, (log) => log?.nodes[0]?.action === 'session.start')
    const all = await client.auditLog({ first: 5, filter: { outcome: 'SUCCESS' } })
    const verified = await admin(['verify-audit'])

    expect(own?.nodes).toContainEqual(expect.objectContaining({ action: 'role.assign', client: 'operator' }))
    expect(all.nodes).toHaveLength(5)
    expect(verified).toEqual({ code: 0, said: expect.stringContaining('as they were written') })
    expect((await admin(['verify-audit', 'today'])).code).toBe(2)
  })
})
