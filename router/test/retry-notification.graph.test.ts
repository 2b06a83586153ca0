import { someAdmin } from './seed/operators.js'
import { someClient } from './seed/people.js'

describe('sending again', () => {
  test('only what was given up on is sent again', async () => {
    const person = await someAdmin()
    const client = someClient(person.ip)
    await client.signIn({ identifier: { email: person.email }, password: person.password })
    const sent = (await client.myNotifications())?.nodes.find(({ status }) => status === 'SENT')

    const again = await client.retryNotification(sent?.id ?? '')
    const nothing = await client.retryNotification('ntf_01jzzzzzzzzzzzzzzzzzzzzzzz')

    expect(again).toMatchObject({ notification: null, userErrors: [{ code: 'CONFLICT', field: ['id'] }] })
    expect(nothing).toMatchObject({ notification: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] })
  })
})
