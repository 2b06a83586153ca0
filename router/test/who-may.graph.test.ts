import {
  buildClientSchema,
  type GraphQLField,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  type IntrospectionQuery,
  isLeafType,
} from 'graphql'
import { type Answered, ask } from './seed/ask.js'
import { leastArguments } from './seed/least-arguments.js'
import { admin, someAdmin } from './seed/operators.js'
import { type Person, type SignedIn, someVerified } from './seed/people.js'

/** Everybody who can ask, and a token of theirs; `machine` may do all that an administrator may, but for being a person. */
const ASKERS = ['nobody', 'person', 'support', 'admin', 'machine'] as const
type Asker = (typeof ASKERS)[number]

const EVERYONE: readonly Asker[] = ASKERS
const SIGNED_IN: readonly Asker[] = ['person', 'support', 'admin', 'machine']
const PEOPLE: readonly Asker[] = ['person', 'support', 'admin']
const STAFF: readonly Asker[] = ['support', 'admin', 'machine']
const ADMINS: readonly Asker[] = ['admin', 'machine']
const ADMIN_IN_PERSON: readonly Asker[] = ['admin']

/** Who may ask each root field. A field that is not here fails the test: whoever adds one says who may. */
const WHO: Record<string, readonly Asker[]> = {
  'Query.apiClients': ADMINS,
  'Query.auditLog': ADMINS,
  'Query.checkPassword': EVERYONE,
  'Query.checkUsername': EVERYONE,
  'Query.currentSession': SIGNED_IN,
  'Query.me': SIGNED_IN,
  'Query.node': SIGNED_IN,
  'Query.nodes': SIGNED_IN,
  'Query.notification': STAFF,
  'Query.notifications': STAFF,
  'Query.notificationTemplates': STAFF,
  'Query.passwordPolicy': EVERYONE,
  'Query.previewNotification': STAFF,
  'Query.roles': STAFF,
  'Query.signInOptions': EVERYONE,
  'Query.user': STAFF,
  'Query.users': STAFF,
  'Query.validateToken': EVERYONE,
  'Mutation.assignRole': ADMIN_IN_PERSON,
  'Mutation.beginStepUp': PEOPLE,
  'Mutation.beginTotpEnrollment': PEOPLE,
  'Mutation.cancelAccountDeletion': PEOPLE,
  'Mutation.changePassword': PEOPLE,
  'Mutation.changeUsername': PEOPLE,
  'Mutation.completeLogin': EVERYONE,
  'Mutation.completeStepUp': PEOPLE,
  'Mutation.confirmEmailChange': EVERYONE,
  'Mutation.confirmPhoneChange': PEOPLE,
  'Mutation.confirmTotpEnrollment': PEOPLE,
  'Mutation.createApiClient': ADMIN_IN_PERSON,
  'Mutation.createUser': STAFF,
  'Mutation.deleteApiClient': ADMINS,
  'Mutation.deleteUser': ADMIN_IN_PERSON,
  'Mutation.disableTotp': PEOPLE,
  'Mutation.disableUser': STAFF,
  'Mutation.enableUser': STAFF,
  'Mutation.forgetTrustedDevice': PEOPLE,
  'Mutation.forgotPassword': EVERYONE,
  'Mutation.generateOtp': EVERYONE,
  'Mutation.issueClientToken': EVERYONE,
  'Mutation.login': EVERYONE,
  'Mutation.logout': EVERYONE,
  'Mutation.refreshToken': EVERYONE,
  'Mutation.regenerateRecoveryCodes': PEOPLE,
  'Mutation.register': EVERYONE,
  'Mutation.removeSuppression': ADMINS,
  'Mutation.requestAccountDeletion': PEOPLE,
  'Mutation.requestEmailChange': PEOPLE,
  'Mutation.requestPhoneChange': PEOPLE,
  'Mutation.removePassword': PEOPLE,
  'Mutation.requirePasswordChange': STAFF,
  'Mutation.resendEmailVerification': EVERYONE,
  'Mutation.resetPassword': EVERYONE,
  'Mutation.resetUserMfa': ADMIN_IN_PERSON,
  'Mutation.retryNotification': ADMINS,
  'Mutation.revertContactChange': EVERYONE,
  'Mutation.revokeOtherSessions': PEOPLE,
  'Mutation.revokeSession': PEOPLE,
  'Mutation.revokeUserSessions': STAFF,
  'Mutation.rotateApiClientSecret': ADMIN_IN_PERSON,
  'Mutation.rotateSigningKey': ADMINS,
  'Mutation.sendEmail': ADMINS,
  'Mutation.sendSMS': ADMINS,
  'Mutation.setOtpFactor': PEOPLE,
  'Mutation.setPassword': PEOPLE,
  'Mutation.unassignRole': ADMIN_IN_PERSON,
  'Mutation.unsubscribe': EVERYONE,
  'Mutation.updateNotificationPreferences': PEOPLE,
  'Mutation.updateProfile': PEOPLE,
  'Mutation.updateUser': STAFF,
  'Mutation.upsertNotificationTemplate': ADMINS,
  'Mutation.validateOtp': EVERYONE,
  'Mutation.verifyEmail': EVERYONE,
  'Mutation.verifyPhone': EVERYONE,
}

/** Of a person, what anybody sees who meets them in the graph; all else is null, as for nobody. */
const SEEN_BY_ANYBODY = [
  ...['id', 'displayName', 'emailVerified', 'phoneNumberVerified'],
  ...['locale', 'timeZone', 'createdAt', 'updatedAt', 'password'],
]

let schema: GraphQLSchema
let tokenOf: (asker: Asker) => Promise<string | undefined>
let ada: Person

beforeAll(async () => {
  const { data } = await ask(getIntrospectionQuery())
  schema = buildClientSchema(data as unknown as IntrospectionQuery)
  ada = await someVerified()
  tokenOf = await someAskers()
}, 60_000)

async function someAskers() {
  const [person, support, operator] = [await someVerified(), await someVerified(), await someAdmin()]
  await admin(['give-role', support.email, 'support'])
  const machineToken = await someMachine(operator.session.tokens.accessToken)

  const tokens: Record<Asker, () => Promise<string | undefined>> = {
    nobody: async () => undefined,
    person: makeTokens(person),
    support: makeTokens(support),
    admin: makeTokens(operator),
    machine: async () => machineToken,
  }
  return (asker: Asker) => tokens[asker]()
}

const REFRESH =
  'mutation($token: String!) { refreshToken(input: { refreshToken: $token }) { tokens { accessToken refreshToken } } }'

/**
 * A token that is good now, each time: some of what is asked ends its session, or all tokens of the person. While the session
 * lives it is refreshed, which takes no hash; auth's own table says whether it lives.
 */
function makeTokens({ signIn }: Person): () => Promise<string> {
  let held: SignedIn['tokens'] | null = null

  return async () => {
    const { data } = held ? await ask(REFRESH, { variables: { token: held.refreshToken } }) : { data: null }
    const refreshed = data?.['refreshToken'] as unknown as { tokens: SignedIn['tokens'] | null } | undefined
    held = refreshed?.tokens ?? (await signIn()).tokens
    return held.accessToken
  }
}

/** A machine client with every scope of an administrator. */
async function someMachine(token: string): Promise<string> {
  const roles = await ask('{ roles { name permissions } }', { token })
  const known = roles.data['roles'] as unknown as { name: string; permissions: string[] }[]
  const scopes = known.find(({ name }) => name === 'admin')?.permissions
  const made = await ask(
    'mutation($scopes: [String!]!) { createApiClient(input: { name: "m", scopes: $scopes }) { client { id } clientSecret } }',
    { token, variables: { scopes } },
  )
  const { client, clientSecret } = made.data['createApiClient'] as unknown as {
    client: { id: string }
    clientSecret: string
  }
  const issued = await ask(
    'mutation($input: IssueClientTokenInput!) { issueClientToken(input: $input) { accessToken } }',
    { variables: { input: { clientId: client.id, clientSecret } } },
  )
  return (issued.data['issueClientToken'] as unknown as { accessToken: string }).accessToken
}

const REFUSALS = ['UNAUTHENTICATED', 'FORBIDDEN', 'STEP_UP_REQUIRED']

/** Allowed is whatever was looked at, be it only to say that its input is wrong. */
const isAllowed = ({ codes }: Answered): boolean => !codes.some((code) => REFUSALS.includes(code))

/** The least that can be asked of a field at the top. */
function operationOf(root: string, field: GraphQLField<unknown, unknown>): string {
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'
  return `${root.toLowerCase()} { ${field.name}${leastArguments(field)} ${selection} }`
}

/** Asked last: it needs no input, so it does what it says, and whoever asks has no password to sign in with any more. */
const LAST = 'Mutation.removePassword'

const rootFields = () =>
  [schema.getQueryType(), schema.getMutationType()]
    .flatMap((root) =>
      Object.values(root?.getFields() ?? {}).map((field) => ({
        coordinate: `${root?.name}.${field.name}`,
        operation: operationOf(root?.name ?? '', field),
      })),
    )
    .sort((one, other) => Number(one.coordinate === LAST) - Number(other.coordinate === LAST))

/** Asks for the least; what is not even an operation of this schema would look allowed, so it throws. */
async function isAllowedFor(asker: Asker, operation: string): Promise<boolean> {
  // A session of its own for each: some of what is asked ends it.
  const token = await tokenOf(asker)
  const answer = await ask(operation, token ? { token } : {})
  if (answer.status === 400) throw new Error(`${operation} was not understood: ${answer.codes}`)
  return isAllowed(answer)
}

describe('who may ask what', () => {
  test('2.6: every root field is in the table, and nothing else is', () => {
    const coordinates = rootFields().map(({ coordinate }) => coordinate)

    expect(new Set(coordinates)).toEqual(new Set(Object.keys(WHO)))
  })

  test.each(ASKERS)(
    '2.6, 5.5: %s',
    async (asker) => {
      const allowed = new Set<string>()
      for (const { coordinate, operation } of rootFields()) {
        if (await isAllowedFor(asker, operation)) allowed.add(coordinate)
      }

      expect(allowed).toEqual(
        new Set(Object.keys(WHO).filter((coordinate) => WHO[coordinate]?.includes(asker))),
      )
    },
    60_000,
  )
})

describe("1.3: somebody else's account", () => {
  let adaToken: string | undefined

  /** Asks for one field of Ada, whom anybody meets who holds a token of hers. */
  async function fieldOfAda(field: GraphQLField<unknown, unknown>, token: string | undefined) {
    adaToken ??= (await ada.signIn()).tokens.accessToken
    const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'
    const query = `query($token: JWT!) { validateToken(token: $token) { subject { ${field.name} ${selection} } } }`
    const answer = await ask(query, { variables: { token: adaToken }, ...(token && { token }) })
    const { subject } = (answer.data?.['validateToken'] ?? {}) as unknown as { subject?: object }
    return { refused: !isAllowed(answer), value: subject?.[field.name as keyof typeof subject] }
  }

  const fieldsOfUser = () => {
    const user = schema.getType('User')
    return user && 'getFields' in user ? Object.values(user.getFields() as Record<string, never>) : []
  }

  test('is to another person the same as nothing, but for what anybody sees', async () => {
    const token = (await (await someVerified()).signIn()).tokens.accessToken
    const notNull: string[] = []
    for (const field of fieldsOfUser() as GraphQLField<unknown, unknown>[]) {
      const { refused, value } = await fieldOfAda(field, token)
      expect([field.name, refused]).toEqual([field.name, false])
      if (value !== null) notNull.push(field.name)
    }

    for (const name of notNull) expect(SEEN_BY_ANYBODY).toContain(name)
  }, 60_000)

  test('is to nobody not even to be asked for, but for what anybody sees', async () => {
    const open: string[] = []
    for (const field of fieldsOfUser() as GraphQLField<unknown, unknown>[]) {
      if (!(await fieldOfAda(field, undefined)).refused) open.push(field.name)
    }

    for (const name of open) expect(SEEN_BY_ANYBODY).toContain(name)
  }, 60_000)
})
