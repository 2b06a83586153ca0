import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from '../../router/test/seed/ask.js'
import { askedUntil } from '../../router/test/seed/asked-until.js'
import { someWithApp } from '../../router/test/seed/authenticator.js'
import { someAdmin } from '../../router/test/seed/operators.js'
import { login, register, somePerson } from '../../router/test/seed/people.js'
import {
  BeginStepUpDocument,
  ChangePasswordDocument,
  CompleteLoginDocument,
  CompleteStepUpDocument,
  DisableTotpDocument,
  ResetUserMfaDocument,
} from '../../sdk/__generated__/operations.js'
import { removeData } from './remove-data.js'
import { type GraphShape, type RunningGraph, startGraph } from './start-graph.js'

const SETTINGS = { QUEUE: 'postgres', PASSWORD_PROFILE: 'nist-800-63b-4' }

const [TEN, FIFTEEN] = ['kR7#vq!pZ2', 'kR7#vq!pZ2mW&xY']

const SHAPES: GraphShape[] = [
  { name: 'one process', folder: 'one', entry: 'start.js', env: SETTINGS },
  { name: 'many processes', folder: 'many', entry: 'start-processes.js', env: SETTINGS },
]

describe.each(SHAPES)('the profile nist-800-63b-4, in $name', (shape) => {
  let folder: string
  let graph: RunningGraph

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-password-profile-'))
    graph = await startGraph(shape, folder)
    Object.assign(process.env, graph.env)
  }, 60_000)

  afterAll(async () => {
    await graph?.stop()
    await removeData(folder)
  })

  test('6.1: a form is told 15 characters, 14 are refused and 15 taken', async () => {
    const { data } = await ask('{ passwordPolicy { minLength maxLength } }')
    expect(data['passwordPolicy']).toEqual({ minLength: 15, maxLength: 256 })

    const { email } = somePerson()
    const short = await register({ email, password: 'kR7#vq!pZ2mW&x' })
    expect(short.data['register']).toMatchObject({
      nextStep: null,
      userErrors: [{ code: 'PASSWORD_TOO_SHORT', field: ['password'] }],
    })

    const long = await register({ email, password: FIFTEEN })
    expect(long.data['register']).toMatchObject({ nextStep: 'VERIFY_EMAIL', userErrors: [] })
  })

  /** Somebody whose app stands beside a password of ten, proved again just now. */
  async function someWithShortPassword() {
    const { ada, userId, token: before, app } = await someWithApp()
    const begun = await ask(BeginStepUpDocument, { token: before, variables: { input: {} } })
    const { stepUpTicket } = begun.data['beginStepUp'] as unknown as { stepUpTicket: string }
    const proof = { stepUpTicket, method: 'TOTP', code: app.now() }
    const proved = await ask(CompleteStepUpDocument, { token: before, variables: { input: proof } })
    const { tokens } = proved.data['completeStepUp'] as unknown as { tokens: { accessToken: string } }
    const token = tokens.accessToken
    const change = async (currentPassword: string, newPassword: string) => {
      const variables = { input: { currentPassword, newPassword } }
      return (await ask(ChangePasswordDocument, { token, variables })).data['changePassword']
    }
    expect(await change(ada.password, TEN)).toMatchObject({ userErrors: [] })
    return { ada: { ...ada, password: TEN }, userId, token, change }
  }

  test('6.1: beside an app 8 are enough, and then the app stays until there are 15', async () => {
    const { token, change } = await someWithShortPassword()
    const disable = async () => (await ask(DisableTotpDocument, { token })).data['disableTotp']

    expect(await disable()).toMatchObject({ user: null, userErrors: [{ code: 'PASSWORD_TOO_SHORT' }] })
    expect(await change(TEN, FIFTEEN)).toMatchObject({ userErrors: [] })
    expect(await disable()).toMatchObject({ userErrors: [] })
  })

  test('6.1: whose app staff take away is told that the password is too short now, and chooses another', async () => {
    const [{ ada, userId }, operator] = [await someWithShortPassword(), await someAdmin()]
    const signIn = async () => {
      const { email, password, ip } = ada
      const { data } = await login({ identifier: { email }, password, tokenDelivery: 'BODY' }, ip)
      return (data['login'] as unknown as { result: { __typename: string; loginTicket: string } }).result
    }
    await ask(ResetUserMfaDocument, {
      ...{ token: operator.session.tokens.accessToken, variables: { userId, reason: 'lost telephone' } },
    })

    const asked = await askedUntil(signIn, ({ __typename }) => __typename === 'PasswordChangeRequired')
    const choose = async (newPassword: string) => {
      const variables = { input: { loginTicket: asked.loginTicket, newPassword } }
      return (await ask(CompleteLoginDocument, { variables })).data['completeLogin']
    }

    expect(asked).toMatchObject({ __typename: 'PasswordChangeRequired', reason: 'TOO_SHORT' })
    expect(await choose('zV4?nw%fH9')).toMatchObject({ userErrors: [{ code: 'PASSWORD_TOO_SHORT' }] })
    expect(await choose(FIFTEEN)).toMatchObject({ result: { __typename: 'LoginSuccess' } })
  })
})
