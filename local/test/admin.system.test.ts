import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from '../../router/test/seed/ask.js'
import { mailTo, tokenIn } from '../../router/test/seed/inbox.js'
import { admin } from '../../router/test/seed/operators.js'
import { login, register, somePerson, someRegistered, someVerified } from '../../router/test/seed/people.js'
import { REVOCATION_MS, untilRefused } from '../../router/test/seed/revocation.js'
import { removeData } from './remove-data.js'
import { type RunningGraph, startGraph } from './start-graph.js'

let folder: string
let graph: RunningGraph

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usergraph-admin-'))
  graph = await startGraph(
    { name: 'one', folder: 'one', entry: 'start.js', env: { QUEUE: 'postgres' } },
    folder,
  )
  Object.assign(process.env, graph.env)
})

afterAll(async () => {
  await graph.stop()
  await removeData(folder)
})

const REVOKE = `mutation($userId: ID!) {
  revokeUserSessions(userId: $userId) { revokedSessionIds userErrors { code field } }
}`

describe('npm run admin', () => {
  test('11.3: sends again what was given up on', async () => {
    const replayed = await admin(['replay-dead-letters'])
    const webhooks = await admin(['replay-dead-letters', 'webhooks'])
    const wrong = await admin(['replay-dead-letters', 'all'])

    expect(replayed).toEqual({
      code: 0,
      said: expect.stringMatching(/^0 messages are on their way again; 0 are/),
    })
    expect(webhooks).toEqual({
      code: 0,
      said: expect.stringMatching(/^0 webhooks are on their way again\.$/m),
    })
    expect(wrong.code).toBe(2)
  })

  test('5.4: makes an administrator, who ends the sessions of somebody else', async () => {
    const [ada, bob] = [await someVerified(), await someVerified()]
    const bobs = await bob.signIn()
    const before = await ada.signIn()
    const revokeBobs = (token: string, userId = bobs.userId) => ask(REVOKE, { token, variables: { userId } })

    const refused = await revokeBobs(before.tokens.accessToken)
    const first = await admin(['create-admin', ada.email])
    const second = await admin(['create-admin', ada.email])
    const { tokens } = await ada.signIn()
    const revoked = await revokeBobs(tokens.accessToken)
    const nobody = await revokeBobs(tokens.accessToken, 'usr_01jz0000000000000000000000')
    const roles = await ask('{ roles { name } me { roles { name } } }', { token: tokens.accessToken })

    expect(refused.codes).toEqual(['FORBIDDEN'])
    expect(first).toEqual({ code: 0, said: expect.stringContaining('has the role admin,') })
    expect(second).toEqual({ code: 0, said: expect.stringContaining('already') })
    expect(revoked.data).toEqual({
      revokeUserSessions: { revokedSessionIds: [bobs.sessionId], userErrors: [] },
    })
    expect(nobody.data).toEqual({
      revokeUserSessions: { revokedSessionIds: [], userErrors: [{ code: 'NOT_FOUND', field: ['userId'] }] },
    })
    expect(await untilRefused(bobs.tokens.accessToken)).toBeLessThan(REVOCATION_MS)
    expect(roles.data).toMatchObject({
      roles: expect.arrayContaining([{ name: 'admin' }]),
      me: { roles: [{ name: 'user' }, { name: 'admin' }] },
    })
  })

  test('invites somebody with a role, who takes the account over from their mailbox', async () => {
    const { email, password, ip } = somePerson()

    const invited = await admin(['invite', email, 'admin'])
    const again = await admin(['invite', email])
    const invitationToken = tokenIn(await mailTo(email, /you are invited/i))
    await register({ invitationToken, password })
    const { data } = await login({ identifier: { email }, password, tokenDelivery: 'BODY' }, ip)
    const { tokens } = (data['login'] as unknown as { result: { tokens: { accessToken: string } } }).result
    const me = await ask('{ me { roles { name } } }', { token: tokens.accessToken })

    expect(invited).toEqual({ code: 0, said: expect.stringContaining('is invited, with the role admin') })
    expect(again).toEqual({ code: 1, said: expect.stringContaining('has an account already') })
    expect(me.data).toEqual({ me: { roles: [{ name: 'user' }, { name: 'admin' }] } })
    expect(await admin(['invite', 'nobody'])).toEqual({
      code: 1,
      said: expect.stringContaining('no e-mail address'),
    })
  })

  test('says what is wrong, and changes nothing', async () => {
    const pending = await someRegistered()
    const task = ['create-admin', pending.email]
    const said = (words: string) => ({ code: 1, said: expect.stringContaining(words) })

    expect(await admin(task)).toEqual(said('has not opened the mail'))
    expect(await admin(['create-admin', 'nobody@acme.test'])).toEqual(said('has no account'))
    expect(await admin(['create-admin', 'nobody'])).toEqual(said('is no e-mail address'))
    expect(await admin(['give-role', pending.email, 'owner'])).toEqual(said('there is no role owner'))
    expect(await admin([])).toEqual({ code: 2, said: expect.stringContaining('create-admin EMAIL') })
    expect(await admin(['give-role', pending.email])).toEqual({
      code: 2,
      said: expect.stringContaining('give-role EMAIL ROLE'),
    })
    expect(await admin(task, { DATA_DIR: join(folder, 'empty') })).toEqual(said('USERS_DATABASE_URL'))
    expect(await admin(task, { NODE_ENV: 'production', DATA_DIR: folder })).toEqual(
      said('USERS_DATABASE_URL'),
    )
    expect(
      await admin(task, {
        USERS_DATABASE_URL: 'postgres://u:p@127.0.0.1:1/usergraph',
        USERS_KEY: randomBytes(32).toString('base64url'),
      }),
    ).toEqual(said('does not answer'))
  })
})
