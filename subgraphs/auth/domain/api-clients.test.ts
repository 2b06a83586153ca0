import { someActor } from '../../shared/test/requests.js'
import type { ApiClient, NewClientSecret } from './api-client-ports.js'
import { makeApiClients } from './api-clients.js'

const BY = someActor()

type Deps = Parameters<typeof makeApiClients>[0]

const MAILER: ApiClient = {
  id: 'cli_mailer',
  name: 'Mailer',
  scopes: ['notifications:send', 'orders:read'],
  createdAt: new Date(0),
  lastUsedAt: null,
  secretRotatedAt: new Date(0),
}
const HELD = ['clients:write', 'notifications:send']
const ALL = [...HELD, 'orders:read']
const RIGHT = { clientId: 'cli_mailer', clientSecret: 'ugs_right', scopes: null, ip: '198.51.100.7' }
const digestOf = (secret: string) => new TextEncoder().encode(`digest of ${secret}`)

function setUp(world: Partial<Deps> = {}) {
  const stored: NewClientSecret[] = []
  const calls: string[] = []
  const clients = makeApiClients({
    clients: {
      async create(client, secret) {
        stored.push(secret)
        return { ...MAILER, ...client }
      },
      async rotateSecret(id, secret) {
        stored.push(secret)
        return id === MAILER.id ? MAILER : null
      },
      delete: async (id) => id === MAILER.id,
      async authenticate(id, digest) {
        const isRight = id === MAILER.id && Buffer.from(digest).toString() === 'digest of ugs_right'
        return isRight ? { secretId: 'cse_1', scopes: MAILER.scopes } : null
      },
      isSecretActive: async () => true,
      find: async (id) => (id === MAILER.id ? MAILER : null),
      list: async () => [],
    },
    network: {
      async take() {
        calls.push('take')
        return { kind: 'taken' }
      },
      async giveBack() {
        calls.push('giveBack')
      },
    },
    covers: (held, others) => others.every((scope) => held.includes(scope)),
    newClientId: () => 'cli_new',
    newSecret: () => ({ id: 'cse_new', secret: 'ugs_new' }),
    digestOf,
    sign: async ({ clientId, secretId, scopes }) => ({
      token: `${clientId} ${secretId} ${scopes.join(' ')}`,
      expiresAt: new Date(0),
    }),
    ...world,
  })
  return { clients, stored, calls }
}

const refused = (...problems: object[]) => ({ kind: 'refused', problems })

describe('making one', () => {
  test('12.1: tells the secret once and stores its digest', async () => {
    const { clients, stored } = setUp()

    const made = await clients.create(HELD, { name: ' Mailer ', scopes: ['notifications:send'] }, BY)

    expect(made).toMatchObject({
      kind: 'made',
      client: { id: 'cli_new', name: 'Mailer', scopes: ['notifications:send'] },
      secret: 'ugs_new',
    })
    expect(stored).toEqual([{ id: 'cse_new', digest: digestOf('ugs_new') }])
  })

  test('nobody gives it a scope they do not hold, nor one that is none', async () => {
    const { clients, stored } = setUp()
    const scopes = ['notifications:send', 'users:delete', 'Everything!']

    expect(await clients.create([...HELD, 'Everything!'], { name: 'Mailer', scopes }, BY)).toEqual(
      refused({ code: 'INVALID', field: ['scopes', '1'] }, { code: 'INVALID', field: ['scopes', '2'] }),
    )
    expect(stored).toEqual([])
  })

  test('every fault of the input is told at once', async () => {
    const { clients } = setUp()

    expect(await clients.create(HELD, { name: ' ', scopes: [] }, BY)).toEqual(
      refused({ code: 'REQUIRED', field: ['name'] }, { code: 'REQUIRED', field: ['scopes'] }),
    )
    expect(await clients.create(HELD, { name: 'x'.repeat(65), scopes: Array(51).fill('a:b') }, BY)).toEqual(
      refused({ code: 'TOO_LONG', field: ['name'] }, { code: 'TOO_LONG', field: ['scopes'] }),
    )
  })

  test('a scope that is named twice is had once', async () => {
    const { clients } = setUp()

    const made = await clients.create(
      HELD,
      { name: 'Mailer', scopes: ['clients:write', 'clients:write'] },
      BY,
    )

    expect(made).toMatchObject({ client: { scopes: ['clients:write'] } })
  })
})

test('another secret takes the place of the one in force, of a client that there is', async () => {
  const { clients } = setUp()

  expect(await clients.rotateSecret(ALL, 'cli_mailer', BY)).toMatchObject({ kind: 'made', secret: 'ugs_new' })
  expect(await clients.rotateSecret(ALL, 'cli_other', BY)).toEqual(
    refused({ code: 'NOT_FOUND', field: ['id'] }),
  )
})

describe('a token', () => {
  test('has all that the client may do, or the part that is asked for', async () => {
    const { clients } = setUp()

    expect(await clients.issueToken(RIGHT)).toMatchObject({
      kind: 'issued',
      token: { token: 'cli_mailer cse_1 notifications:send orders:read' },
    })
    expect(await clients.issueToken({ ...RIGHT, scopes: ['orders:read'] })).toMatchObject({
      kind: 'issued',
      scopes: ['orders:read'],
    })
  })

  test('never has more', async () => {
    const { clients } = setUp()

    expect(await clients.issueToken({ ...RIGHT, scopes: ['orders:read', 'users:read'] })).toEqual(
      refused({ code: 'INVALID', field: ['scopes', '1'] }),
    )
    expect(await clients.issueToken({ ...RIGHT, scopes: [] })).toEqual(
      refused({ code: 'REQUIRED', field: ['scopes'] }),
    )
  })

  test('7.2: an unknown client and a wrong secret get one answer, and their network pays', async () => {
    const { clients, calls } = setUp()

    const unknown = await clients.issueToken({ ...RIGHT, clientId: 'cli_other' })
    const wrong = await clients.issueToken({ ...RIGHT, clientSecret: 'ugs_wrong' })

    expect([unknown, wrong]).toEqual(Array(2).fill(refused({ code: 'INVALID_CREDENTIALS' })))
    expect(calls).toEqual(['take', 'take'])
  })

  test('7.2: a network over its limit is refused before the secret is looked at', async () => {
    const take = async () => ({ kind: 'limited', retryAfterSeconds: 42 }) as const
    const { clients } = setUp({ network: { take, giveBack: async () => {} } })

    await expect(clients.issueToken(RIGHT)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  })
})

test('nobody gets the secret of a client that may do more, or takes it away', async () => {
  const { clients, stored } = setUp()

  expect(await clients.rotateSecret(HELD, 'cli_mailer', BY)).toEqual({ kind: 'forbidden' })
  expect(await clients.delete(HELD, 'cli_mailer', BY)).toEqual({ kind: 'forbidden' })
  expect(stored).toEqual([])
  expect(await clients.delete(ALL, 'cli_mailer', BY)).toEqual({ kind: 'deleted' })
  expect(await clients.delete(HELD, 'cli_other', BY)).toEqual(refused({ code: 'NOT_FOUND', field: ['id'] }))
})
