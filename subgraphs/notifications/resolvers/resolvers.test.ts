import { createExecutor } from '../../shared/graphql/executor.js'
import type { Viewer } from '../../shared/identity/viewer.js'
import { isId, newId } from '../../shared/ids/type-id.js'
import { createLogger } from '../../shared/log/logger.js'
import { someCaller, someViewer } from '../../shared/test/requests.js'
import { notificationsContext } from '../context.js'
import { makeChangePreferences } from '../domain/change-preferences.js'
import { makeListMessages } from '../domain/list-messages.js'
import type { MessageView } from '../domain/message.js'
import { DEFAULT_PREFERENCES } from '../domain/preferences.js'
import { type MaskedMessage, makeReadMessages } from '../domain/read-messages.js'
import { makeRemoveSuppression } from '../domain/remove-suppression.js'
import { makeRetryMessage } from '../domain/retry-message.js'
import { buildNotificationsSchema } from '../subgraph.js'
import { createTemplateViews } from '../templates/list-templates.js'
import { readOperatorWords } from '../templates/operator-words.js'
import type { Templates } from '../wording.js'

const viewer = someViewer({ userId: newId('usr') })
const messages: MessageView[] = Array.from({ length: 3 }, () => ({
  id: newId('ntf'),
  userId: viewer.userId,
  kind: 'OTP',
  channel: 'EMAIL',
  status: 'SENT',
  recipient: 'ada@example.org',
  template: 'otp',
  locale: 'en',
  createdAt: new Date(0),
  sentAt: null,
}))

/** To an address that a service has named. */
const sentMessage: MaskedMessage = {
  ...{ id: newId('ntf'), userId: null, kind: 'CUSTOM', channel: 'EMAIL', status: 'QUEUED' },
  ...{ recipientMasked: 'a•••@example.org', template: 'custom', locale: 'en' },
  ...{ createdAt: new Date(0), sentAt: null },
}

const LIST = `query ($id: ID!, $first: Int, $after: String) { _entities(representations: [{ __typename: "User", id: $id }]) {
  ... on User { id notifications(first: $first, after: $after) {
    nodes { id recipientMasked createdAt attempts { outcome } user { id } } pageInfo { hasNextPage endCursor } } } } }`

const FIND = `query ($id: ID!) { _entities(representations: [{ __typename: "Notification", id: $id }]) {
  ... on Notification { id kind } } }`

/** The preferences of everybody, who chose quiet hours; a change is written down. */
function somePreferences() {
  const changes: unknown[] = []
  const chosen = { ...DEFAULT_PREFERENCES, quietHours: { from: '22:00', to: '07:00' } }
  const changePreferences = makeChangePreferences({
    preferences: {
      change: async (userId, change) => {
        changes.push({ userId, change })
      },
    },
  })
  return {
    changes,
    changePreferences,
    preferences: { findMany: async (ids: readonly string[]) => ids.map(() => chosen) },
  }
}

const stored = {
  ...{ name: 'order-shipped', locale: 'en', channel: 'EMAIL' as const, subject: 'Shipped' },
  ...{ body: '# Shipped\n\n{order}', updatedAt: new Date(0) },
}

function someTemplates(statements: string[]): Templates {
  const { viewOf, findMany } = createTemplateViews({
    list: async () => [],
    async listThese(keys) {
      statements.push('templates')
      return keys.filter(({ name }) => name === stored.name).map(({ locale }) => ({ ...stored, locale }))
    },
    readStored: readOperatorWords,
  })
  return {
    list: async (locale) => [viewOf({ ...stored, locale: locale ?? 'en' })],
    preview: async ({ template }) =>
      template === 'order-shipped'
        ? { kind: 'previewed', subject: 'Shipped', text: 'x', html: null }
        : template === 'wrong'
          ? { kind: 'refused', field: 'variables.order' }
          : { kind: 'unknown' },
    upsert: async ({ body }) =>
      body === '' ? { kind: 'removed' } : { kind: 'put', template: { ...stored, body } },
    viewOf,
    findMany,
  }
}

async function execute(query: string, variables: Record<string, unknown>, asked: Viewer | null = viewer) {
  const statements: string[] = []
  const sends: unknown[] = []
  const read = makeReadMessages({
    listByUser: async (_, { first }) => messages.slice(0, first + 1),
    findMany: async (ids) => messages.filter(({ id }) => ids.includes(id)),
    listAttempts: async (ids) => {
      statements.push(ids.join())
      return ids.map((messageId) => ({
        messageId,
        at: new Date(0),
        provider: 'smtp',
        outcome: 'SENT',
        providerMessageId: null,
        error: null,
        nextAttemptAt: null,
      }))
    },
  })
  const { schema } = await buildNotificationsSchema()
  const run = createExecutor(schema, createLogger({ level: 'silent' }))
  const { changes, changePreferences, preferences } = somePreferences()
  const context = notificationsContext({
    templates: someTemplates(statements),
    readMessages: read,
    sendMessage: async (channel, input) => {
      sends.push({ channel, ...input })
      return input.idempotencyKey === 'other' ? { kind: 'conflict' } : { kind: 'sent', message: sentMessage }
    },
    listMessages: makeListMessages({
      directory: { list: async ({ first }) => messages.slice(0, first + 1) },
      isUserId: (id) => isId('usr', id),
    }),
    changePreferences,
    preferences,
    retryMessage: makeRetryMessage({
      deadLetters: { retry: async (id) => (id === messages[0]?.id ? 'RETRIED' : 'NOT_FOUND') },
      poke: () => {},
    }),
    unsubscribe: async (token) => (token === 'good' ? 'UNSUBSCRIBED' : 'INVALID'),
    removeSuppression: makeRemoveSuppression({ suppressions: { remove: async () => {} } }),
  })({
    caller: someCaller({ viewer: asked }),
  })
  return { ...(await run({ query, variables }, context)), statements, changes, sends }
}

test('shows a person their messages, with the attempts of all in one statement', async () => {
  const { data, errors, statements } = await execute(LIST, { id: viewer.userId, first: 2 })

  expect(errors).toBeUndefined()
  expect(data?.['_entities']).toMatchObject([
    {
      id: viewer.userId,
      notifications: {
        nodes: [
          { id: messages[0]?.id, recipientMasked: 'a•••@example.org', attempts: [{ outcome: 'SENT' }] },
          { id: messages[1]?.id, user: { id: viewer.userId } },
        ],
        pageInfo: { hasNextPage: true, endCursor: messages[1]?.id },
      },
    },
  ])
  expect(statements).toHaveLength(1)
})

test.each([
  ['someone else', someViewer()],
  ['nobody', null],
])('shows %s nothing', async (_, asked) => {
  const { data } = await execute(LIST, { id: viewer.userId }, asked)

  expect(data?.['_entities']).toMatchObject([{ notifications: null }])
})

test('shows whoever may read all users', async () => {
  const { data } = await execute(LIST, { id: viewer.userId }, someViewer({ scopes: ['users:read'] }))

  expect(data?.['_entities']).toMatchObject([{ notifications: { nodes: [{}, {}, {}] } }])
})

test.each([{ first: 0 }, { first: 101 }, { after: 'usr_01jzzzzzzzzzzzzzzzzzzzzzzz' }])(
  'refuses the page %j',
  async (page) => {
    const { errors } = await execute(LIST, { id: viewer.userId, ...page })

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  },
)

test.each([
  ['its recipient', viewer, { kind: 'OTP' }],
  ['a reader of all', someViewer({ scopes: ['notifications:read'] }), { kind: 'OTP' }],
  ['someone else', someViewer(), null],
  ['nobody', null, null],
])('finds a message by reference for %s', async (_, asked, expected) => {
  const { data } = await execute(FIND, { id: messages[0]?.id }, asked)

  expect(data?.['_entities']).toEqual([expected && expect.objectContaining(expected)])
})

test('finds nothing where the id is none', async () => {
  const { data, errors } = await execute(FIND, { id: "' or 1=1" })

  expect(errors).toBeUndefined()
  expect(data?.['_entities']).toEqual([null])
})

const PREFERENCES = `query ($id: ID!, $timeZone: TimeZone) {
  _entities(representations: [{ __typename: "User", id: $id, locale: "de", timeZone: $timeZone }]) { ... on User {
    notificationPreferences { loginAlerts preferredChannel quietHours { from to timeZone } mandatory } } } }`

test.each([
  ['Europe/Vienna', 'Europe/Vienna'],
  [null, 'UTC'],
])('shows a person what they chose, in their zone (%s)', async (timeZone, shown) => {
  const { data, errors } = await execute(PREFERENCES, { id: viewer.userId, timeZone })

  expect(errors).toBeUndefined()
  expect(data?.['_entities']).toMatchObject([
    {
      notificationPreferences: {
        ...{ loginAlerts: true, preferredChannel: 'EMAIL' },
        quietHours: { from: '22:00', to: '07:00', timeZone: shown },
        mandatory: expect.arrayContaining(['PASSWORD_CHANGED', 'MFA_CHANGED', 'EMAIL_CHANGED', 'OTP']),
      },
    },
  ])
})

test('shows nobody else what somebody chose', async () => {
  const { data } = await execute(PREFERENCES, { id: viewer.userId, timeZone: null }, someViewer())

  expect(data?.['_entities']).toEqual([{ notificationPreferences: null }])
})

const CHANGE = `mutation ($input: NotificationPreferencesInput!) {
  updateNotificationPreferences(input: $input) { user { id } userErrors { code field } } }`

test('changes what the person who asks chose, and nobody else’s', async () => {
  const { data, changes } = await execute(CHANGE, { input: { productNews: true, quietHours: null } })

  expect(data?.['updateNotificationPreferences']).toEqual({ user: { id: viewer.userId }, userErrors: [] })
  expect(changes).toEqual([{ userId: viewer.userId, change: { productNews: true, quietHours: null } }])
})

test('says which end of the quiet hours is wrong', async () => {
  const { data, changes } = await execute(CHANGE, { input: { quietHours: { from: '22:00', to: 'dawn' } } })

  expect(data?.['updateNotificationPreferences']).toEqual({
    user: null,
    userErrors: [{ code: 'INVALID', field: ['quietHours', 'to'] }],
  })
  expect(changes).toEqual([])
})

const RETRY = `mutation ($id: ID!) { retryNotification(id: $id) { notification { id recipientMasked } userErrors { code field } } }`
const sender = someViewer({ scopes: ['notifications:send', 'notifications:read'] })

test('has a message sent again for who may send', async () => {
  const { data } = await execute(RETRY, { id: messages[0]?.id }, sender)

  expect(data?.['retryNotification']).toEqual({
    notification: { id: messages[0]?.id, recipientMasked: 'a•••@example.org' },
    userErrors: [],
  })
})

test.each([newId('ntf'), newId('usr'), 'nothing'])('has nothing to send again at %s', async (id) => {
  const { data } = await execute(RETRY, { id }, sender)

  expect(data?.['retryNotification']).toEqual({
    notification: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
  })
})

test('nobody has their own messages sent again', async () => {
  const { errors } = await execute(RETRY, { id: messages[0]?.id })

  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
})

describe('what staff see', () => {
  const staff = someViewer({ scopes: ['notifications:read'] })
  const STAFF_LIST = `query ($first: Int, $after: String, $filter: NotificationFilter) {
    notifications(first: $first, after: $after, filter: $filter) {
      edges { cursor } nodes { id recipientMasked user { id } } pageInfo { hasNextPage endCursor } } }`

  test('is everybody’s messages, their addresses masked', async () => {
    const { data, errors } = await execute(STAFF_LIST, { first: 2, filter: { status: ['SENT'] } }, staff)

    expect(errors).toBeUndefined()
    expect(data?.['notifications']).toMatchObject({
      edges: [{ cursor: messages[0]?.id }, {}],
      nodes: [{ recipientMasked: 'a•••@example.org', user: { id: viewer.userId } }, {}],
      pageInfo: { hasNextPage: true, endCursor: messages[1]?.id },
    })
  })

  test('is one of them by its id, and nothing for what is none', async () => {
    const one = 'query ($id: ID!) { notification(id: $id) { id } }'

    const found = await execute(one, { id: messages[0]?.id }, staff)
    const unknown = await execute(one, { id: newId('ntf') }, staff)
    const nonsense = await execute(one, { id: 'x' }, staff)

    expect([found.data, unknown.data, nonsense.data]).toEqual([
      { notification: { id: messages[0]?.id } },
      { notification: null },
      { notification: null },
    ])
  })

  test.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['after', { after: 'x' }],
    ['filter.status', { filter: { status: [] } }],
    ['filter.kind', { filter: { kind: [] } }],
    ['filter.userId', { filter: { userId: 'ada' } }],
    ['filter.since', { filter: { since: 'yesterday' } }],
  ])('2.3: refuses %s: %j', async (field, given) => {
    const { errors } = await execute(STAFF_LIST, given, staff)

    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
  })

  test('is nothing to whoever may only read people', async () => {
    const { errors } = await execute(STAFF_LIST, {}, someViewer({ scopes: ['users:read'] }))

    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})

describe('what a service sends', () => {
  const service = someViewer({ userId: newId('cli'), scopes: ['notifications:send'] })
  const SEND = `mutation ($input: SendEmailInput!) { sendEmail(input: $input) {
    notification { id recipientMasked attempts { at } user { id } } userErrors { code } } }`
  const input = { to: 'ada@example.org', template: 'custom', variables: { title: 'x' }, idempotencyKey: 'k' }

  test('is shown to it, though it may not read messages', async () => {
    const { data, errors, sends } = await execute(SEND, { input }, service)

    expect(errors).toBeUndefined()
    expect(data?.['sendEmail']).toMatchObject({
      notification: { id: sentMessage.id, recipientMasked: 'a•••@example.org', user: null },
      userErrors: [],
    })
    expect(sends).toMatchObject([{ channel: 'EMAIL', kind: 'CUSTOM', ...input }])
  })

  test('13.4: is not another message under a key that was used', async () => {
    const { errors } = await execute(SEND, { input: { ...input, idempotencyKey: 'other' } }, service)

    expect(errors).toMatchObject([{ extensions: { code: 'IDEMPOTENCY_CONFLICT' } }])
  })

  test('9.5: holds no key that means something to JavaScript', async () => {
    const variables = JSON.parse('{ "__proto__": { "title": "x" } }')
    const { errors, sends } = await execute(SEND, { input: { ...input, variables } }, service)

    expect(errors).toHaveLength(1)
    expect(sends).toEqual([])
  })

  test('is nothing to whoever may only read messages', async () => {
    const { errors } = await execute(SEND, { input }, someViewer({ scopes: ['notifications:read'] }))

    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})

describe('templates', () => {
  const operator = someViewer({ scopes: ['notifications:read', 'notifications:write'] })
  const UPSERT = `mutation ($body: String!) { upsertNotificationTemplate(input: {
    name: "order-shipped", locale: "en", channel: EMAIL, subject: "Shipped", body: $body
  }) { template { name variables updatedAt } userErrors { code } } }`
  const PREVIEW = `query ($template: String!) {
    previewNotification(template: $template, locale: "en", variables: {}) { subject html } }`

  test('are listed with what they are filled with', async () => {
    const { data, errors } = await execute(
      '{ notificationTemplates(locale: "de") { locale variables } }',
      {},
      operator,
    )

    expect(errors).toBeUndefined()
    expect(data).toEqual({ notificationTemplates: [{ locale: 'de', variables: ['order'] }] })
  })

  test('are kept, and taken back', async () => {
    const kept = await execute(UPSERT, { body: '# {a} {b}' }, operator)
    const takenBack = await execute(UPSERT, { body: '' }, operator)

    expect(kept.data?.['upsertNotificationTemplate']).toMatchObject({ template: { variables: ['a', 'b'] } })
    expect(takenBack.data?.['upsertNotificationTemplate']).toEqual({ template: null, userErrors: [] })
  })

  test('are shown as they would be sent', async () => {
    const shown = await execute(PREVIEW, { template: 'order-shipped' }, operator)
    const unknown = await execute(PREVIEW, { template: 'x' }, operator)
    const wrong = await execute(PREVIEW, { template: 'wrong' }, operator)

    expect(shown.data).toEqual({ previewNotification: { subject: 'Shipped', html: null } })
    expect(unknown.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    expect(wrong.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'variables.order' } }])
  })

  test('are entered by name and language, by whoever may read them', async () => {
    const entity = `{ _entities(representations: [{ __typename: "NotificationTemplate", name: "order-shipped", locale: "de" }]) {
      ... on NotificationTemplate { subject } } }`

    const found = await execute(entity, {}, operator)
    const hidden = await execute(entity, {}, someViewer())

    expect(found.data?.['_entities']).toEqual([{ subject: 'Shipped' }])
    expect(hidden.data?.['_entities']).toEqual([null])
  })

  test('are entered many at once in one statement, an operator’s and ours', async () => {
    const { data, statements } = await execute(
      `{ _entities(representations: [
        { __typename: "NotificationTemplate", name: "order-shipped", locale: "de" }
        { __typename: "NotificationTemplate", name: "otp-sms", locale: "de" }
        { __typename: "NotificationTemplate", name: "otp-sms", locale: "nl" }
      ]) { ... on NotificationTemplate { locale variables } } }`,
      {},
      operator,
    )

    expect(data?.['_entities']).toEqual([
      { locale: 'de', variables: ['order'] },
      { locale: 'de', variables: ['code'] },
      null,
    ])
    expect(statements).toEqual(['templates'])
  })

  test('are changed by nobody who may only read', async () => {
    const { errors } = await execute(UPSERT, { body: 'x' }, someViewer({ scopes: ['notifications:read'] }))

    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })
})
