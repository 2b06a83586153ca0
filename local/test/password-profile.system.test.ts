import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from '../../router/test/seed/ask.js'
import { someWithApp } from '../../router/test/seed/authenticator.js'
import { register, somePerson } from '../../router/test/seed/people.js'
import {
  BeginStepUpDocument,
  ChangePasswordDocument,
  CompleteStepUpDocument,
  DisableTotpDocument,
} from '../../sdk/__generated__/operations.js'
import { removeData } from './remove-data.js'
import { type GraphShape, type RunningGraph, startGraph } from './start-graph.js'

const SETTINGS = { QUEUE: 'postgres', PASSWORD_PROFILE: 'nist-800-63b-4' }

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

    const long = await register({ email, password: 'kR7#vq!pZ2mW&xY' })
    expect(long.data['register']).toMatchObject({ nextStep: 'VERIFY_EMAIL', userErrors: [] })
  })

  test('6.1: beside an app 8 are enough, and then the app stays until there are 15', async () => {
    const { ada, token: before, app } = await someWithApp()
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
    const disable = async () => (await ask(DisableTotpDocument, { token })).data['disableTotp']

    expect(await change(ada.password, 'kR7#vq!pZ2')).toMatchObject({ userErrors: [] })
    expect(await disable()).toMatchObject({ user: null, userErrors: [{ code: 'PASSWORD_TOO_SHORT' }] })
    expect(await change('kR7#vq!pZ2', 'kR7#vq!pZ2mW&xY')).toMatchObject({ userErrors: [] })
    expect(await disable()).toMatchObject({ userErrors: [] })
  })
})
