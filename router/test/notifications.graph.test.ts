import { randomUUID } from 'node:crypto'
import { createUsergraphClient, type UsergraphClient } from '../../sdk/index.js'
import { graphUrl, someNetwork } from './seed/ask.js'
import { mailTo, textTo } from './seed/inbox.js'
import { someWithRole } from './seed/operators.js'
import { type Person, someClient, someNumber, somePerson, someVerified } from './seed/people.js'

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

/** A service that may send and nothing else. */
async function someService(): Promise<UsergraphClient> {
  const made = await staff.createApiClient({ name: 'Shop', scopes: ['notifications:send'] })
  const [clientId, clientSecret] = [made.client?.id ?? '', made.clientSecret ?? '']
  const { accessToken } = await someClient().issueClientToken({ clientId, clientSecret })
  return createUsergraphClient({
    url: `${graphUrl()}/graphql`,
    headers: { authorization: `Bearer ${accessToken}`, 'x-forwarded-for': someNetwork() },
  })
}

describe('a service', () => {
  const said = { title: 'Your order', text: 'It comes on 24/12/2026.' }

  test('13.4: has a mail sent to a person, once, however often it asks', async () => {
    const ada = await someVerified()
    const { userId } = await ada.signIn()
    const service = await someService()
    const input = { userId, template: 'custom', variables: said, idempotencyKey: randomUUID() }

    const answers = await Promise.all(Array.from({ length: 8 }, () => service.sendEmail(input)))
    const mail = await mailTo(ada.email, /a message for you/i)
    const other = service.sendEmail({ ...input, variables: { ...said, title: 'Another' } })

    expect(new Set(answers.map(({ notification }) => notification?.id)).size).toBe(1)
    expect(answers[0]).toMatchObject({
      notification: { kind: 'CUSTOM', template: 'custom', user: { id: userId } },
      userErrors: [],
    })
    expect(mail.text).toContain('It comes on 24/12/2026.')
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
    const { nodes } = await staff.notifications({ filter: { userId, kind: ['CUSTOM'] } })
    expect(nodes).toHaveLength(1)
  })

  test('has a mail or a text sent to an address that it names', async () => {
    const service = await someService()
    const [to, number] = [somePerson().email, someNumber()]
    const input = { template: 'custom', locale: 'de' }

    const mailed = await service.sendEmail({ ...input, to, variables: said, idempotencyKey: '1' })
    const texted = await service.sendSms({
      ...{ ...input, to: number, variables: { text: 'Ihr Paket kommt.' }, idempotencyKey: '1' },
    })

    expect(mailed).toMatchObject({ notification: { locale: 'de', user: null }, userErrors: [] })
    expect(texted).toMatchObject({ notification: { channel: 'SMS' }, userErrors: [] })
    expect((await mailTo(to, /Eine Nachricht/)).text).toContain('Your order')
    expect((await textTo(number)).text).toContain('Ihr Paket kommt.')
  })

  test('is told what is wrong, and sends no code and no news that nobody wants', async () => {
    const { userId } = await (await someVerified()).signIn()
    const service = await someService()
    const problemsOf = async (changes: object) => {
      const input = { userId, template: 'custom', variables: said, idempotencyKey: randomUUID(), ...changes }
      return (await service.sendEmail(input)).userErrors.map(({ code, field }) => [code, ...(field ?? [])])
    }

    expect(await problemsOf({ kind: 'OTP' })).toEqual([['INVALID', 'kind']])
    expect(await problemsOf({ template: 'password-reset' })).toEqual([['TEMPLATE_NOT_FOUND', 'template']])
    expect(await problemsOf({ kind: 'PRODUCT_NEWS' })).toEqual([['SUPPRESSED', 'userId']])
    expect(await problemsOf({ variables: { title: 'x' } })).toEqual([
      ['MISSING_VARIABLE', 'variables', 'text'],
    ])
    await expect(service.notifications()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('is held back where it writes to one address again and again', async () => {
    const { userId } = await (await someVerified()).signIn()
    const service = await someService()
    const input = { userId, template: 'custom', variables: said }

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => service.sendEmail({ ...input, idempotencyKey: `${index}` })),
    )

    const refused = answers.flatMap(({ userErrors }) => userErrors)
    expect(refused.map(({ code }) => code)).toEqual(Array(3).fill('RATE_LIMITED'))
    expect(refused[0]?.retryAfter).toBeGreaterThan(0)
  })
})

describe('words of operators', () => {
  test('a template of their own is kept, shown, sent by a service, and taken back', async () => {
    const name = `order-${randomUUID().slice(0, 8).replace(/\d/g, 'x')}`
    const template = {
      ...{ name, locale: 'en', channel: 'EMAIL' as const, subject: 'On its way' },
      body: '# Order {order}\n\n{count, plural, one {One parcel} other {# parcels}}',
    }
    const variables = { order: 'A-1', count: 2 }
    const { email: to } = somePerson()

    const kept = await staff.upsertNotificationTemplate(template)
    const shown = await staff.previewNotification({ template: name, locale: 'en', variables })
    const listed = await staff.notificationTemplates('en')
    const sent = await (await someService()).sendEmail({ to, template: name, variables, idempotencyKey: '1' })
    const mail = await mailTo(to, /on its way/i)
    const takenBack = await staff.upsertNotificationTemplate({ ...template, body: '' })

    expect(kept).toMatchObject({ template: { variables: ['count', 'order'] }, userErrors: [] })
    expect(shown).toMatchObject({ subject: 'On its way', text: expect.stringContaining('2 parcels') })
    expect(listed).toContainEqual(expect.objectContaining({ name, body: template.body }))
    expect(sent).toMatchObject({ notification: { template: name }, userErrors: [] })
    expect(mail.text).toContain('Order A-1')
    expect(takenBack).toEqual({ template: null, userErrors: [] })
  })

  test('what a message is nothing without may not be left out, and staff who may only read change nothing', async () => {
    const reset = { name: 'password-reset', locale: 'en', channel: 'EMAIL' as const, subject: 'x' }
    const support = await signedIn(await someWithRole('support'))

    const withoutLink = await staff.upsertNotificationTemplate({ ...reset, body: '# No link' })

    expect(withoutLink).toMatchObject({
      ...{ template: null, userErrors: [{ code: 'MISSING_VARIABLE', field: ['body', 'link'] }] },
    })
    await expect(support.upsertNotificationTemplate({ ...reset, body: '' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

describe('what is kept back', () => {
  test('staff have sent again, to whatever address it is that nothing is known of', async () => {
    const removed = await staff.removeSuppression('nobody@example.org')
    const wrong = await staff.removeSuppression('nobody')

    expect(removed).toEqual({ accepted: true, userErrors: [] })
    expect(wrong).toMatchObject({ accepted: false, userErrors: [{ code: 'INVALID', field: ['address'] }] })
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
