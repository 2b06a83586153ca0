import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask, someNetwork } from '../../router/test/seed/ask.js'
import { mailsTo, mailTo, tokenIn } from '../../router/test/seed/inbox.js'
import { admin } from '../../router/test/seed/operators.js'
import { login, register, somePerson, type Tokens, verify } from '../../router/test/seed/people.js'
import { removeData } from './remove-data.js'
import { type GraphShape, type RunningGraph, startGraph } from './start-graph.js'

const TERMS = '2030-01'
const SETTINGS = { QUEUE: 'postgres', SIGN_UP: 'domains', SIGN_UP_DOMAINS: 'acme.test', TERMS_VERSION: TERMS }

const SHAPES: GraphShape[] = [
  { name: 'one process', folder: 'one', entry: 'start.js', env: SETTINGS },
  { name: 'many processes', folder: 'many', entry: 'start-processes.js', env: SETTINGS },
]

/** The access token of someone who agreed to the terms and was made an administrator. */
async function someAdminByTerms(): Promise<string> {
  const { email, password, ip } = somePerson()
  await register({ email, password, acceptedTermsVersion: TERMS })
  await verify(tokenIn(await mailTo(email, /welcome/i)))
  await admin(['give-role', email, 'admin'])
  const { data } = await login({ identifier: { email }, password, tokenDelivery: 'BODY' }, ip)
  return (data['login'] as unknown as { result: { tokens: Tokens } }).result.tokens.accessToken
}

describe.each(SHAPES)('sign-up by the rules of the operator, in $name', (shape) => {
  let folder: string
  let graph: RunningGraph

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usergraph-sign-up-'))
    graph = await startGraph(shape, folder)
    Object.assign(process.env, graph.env)
  }, 60_000)

  afterAll(async () => {
    await graph?.stop()
    await removeData(folder)
  })

  test('an address at another domain is refused, whether or not it has an account', async () => {
    const ada = somePerson()
    const { email, password } = ada
    const made = await register({ email, password, acceptedTermsVersion: TERMS })
    await verify(tokenIn(await mailTo(email, /welcome/i)))
    const signedIn = await login({ identifier: { email }, password })
    const elsewhere = await register({
      ...{ email: email.replace('@', '@mail.'), password, acceptedTermsVersion: TERMS },
    })

    expect(made.data['register']).toMatchObject({ nextStep: 'VERIFY_EMAIL', userErrors: [] })
    expect(signedIn.data['login']).toMatchObject({ result: { __typename: 'LoginSuccess' } })
    expect(elsewhere.data['register']).toMatchObject({
      nextStep: null,
      userErrors: [{ code: 'SIGN_UP_CLOSED', field: ['email'] }],
    })
  })

  test('who was invited is let in from any domain, having accepted the terms', async () => {
    const [root, guest] = [await someAdminByTerms(), somePerson()]
    const email = guest.email.replace('acme.test', 'elsewhere.test')
    const made = await ask(
      'mutation($email: EmailAddress!) { createUser(input: { email: $email }) { userErrors { code } } }',
      { token: root, variables: { email } },
    )
    const invitationToken = tokenIn(await mailTo(email, /you are invited/i))
    const { password } = guest

    const silent = await register({ invitationToken, password })
    const agreed = await register({ invitationToken, password, acceptedTermsVersion: TERMS })

    expect(made.data['createUser']).toEqual({ userErrors: [] })
    expect(silent.data['register']).toMatchObject({
      userErrors: [{ code: 'REQUIRED', field: ['acceptedTermsVersion'] }],
    })
    expect(agreed.data['register']).toMatchObject({ nextStep: 'DONE', userErrors: [] })
  })

  test('whoever has not accepted the terms in force is told so, and nothing is made', async () => {
    const { email, password } = somePerson()
    const ip = someNetwork()
    const missing = await register({ email, password }, ip)
    const old = await register({ email, password, acceptedTermsVersion: '2029-01' }, ip)

    for (const [answer, code] of [
      [missing, 'REQUIRED'],
      [old, 'INVALID'],
    ] as const) {
      expect(answer.data['register']).toMatchObject({
        nextStep: null,
        userErrors: [{ code, field: ['acceptedTermsVersion'] }],
      })
    }
    expect(await mailsTo(email)).toEqual([])
  })
})
