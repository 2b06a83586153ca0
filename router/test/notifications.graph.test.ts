import type { UsergraphClient } from '../../sdk/index.js'
import { someWithRole } from './seed/operators.js'
import { type Person, someClient, someVerified } from './seed/people.js'

let admin: Person
let staff: UsergraphClient

beforeAll(async () => {
  admin = await someWithRole('admin')
  staff = await signedIn(admin)
})

async function signedIn({ ip, email, password }: Person): Promise<UsergraphClient> {
  const client = someClient(ip)
  await client.signIn({ identifier: { email }, password })
  return client
}

describe('what staff see', () => {
  test('is what was sent to somebody, page by page, and each try, but no address', async () => {
    const ada = await someVerified()
    const { userId } = await ada.signIn()

    const first = await staff.notifications({ first: 1, filter: { userId } })
    const rest = await staff.notifications({ filter: { userId }, after: first.pageInfo.endCursor })
    const welcome = [...first.nodes, ...rest.nodes].find(({ kind }) => kind === 'WELCOME')
    const message = await staff.notification(welcome?.id ?? '')

    expect(first.nodes).toMatchObject([{ user: { id: userId } }])
    expect(message).toMatchObject({
      ...{ id: welcome?.id, status: 'SENT', template: 'welcome', attempts: [{ outcome: 'SENT' }] },
      recipientMasked: `${ada.email.slice(0, 1)}•••@acme.test`,
    })
  })

  test('is everybody’s by kind and status', async () => {
    const { nodes } = await staff.notifications({ first: 5, filter: { kind: ['WELCOME'], status: ['SENT'] } })

    expect(new Set(nodes.map(({ kind, status }) => `${kind} ${status}`))).toEqual(new Set(['WELCOME SENT']))
  })

  test('is nothing to a person, be it their own', async () => {
    const ada = await signedIn(await someVerified())

    await expect(ada.notifications()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(ada.notification('ntf_01jzzzzzzzzzzzzzzzzzzzzzzz')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

describe('sending again', () => {
  test('only what was given up on is sent again', async () => {
    const sent = (await staff.myNotifications())?.nodes.find(({ status }) => status === 'SENT')

    const again = await staff.retryNotification(sent?.id ?? '')
    const nothing = await staff.retryNotification('ntf_01jzzzzzzzzzzzzzzzzzzzzzzz')

    expect(again).toMatchObject({ notification: null, userErrors: [{ code: 'CONFLICT', field: ['id'] }] })
    expect(nothing).toMatchObject({ notification: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] })
  })
})
