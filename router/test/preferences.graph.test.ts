import { ask, graphUrl } from './seed/ask.js'
import { mailsTo, mailTo } from './seed/inbox.js'
import { type Person, someClient, someVerified } from './seed/people.js'

const CHANGE = `mutation ($input: NotificationPreferencesInput!) {
  updateNotificationPreferences(input: $input) {
    user { notificationPreferences { loginAlerts profileChanges preferredChannel quietHours { from to timeZone } } }
    userErrors { code field } } }`

const PROFILE = `mutation ($profile: ProfileInput!) {
  updateProfile(input: { profile: $profile }) { user { displayName } userErrors { code } } }`

type Signed = { accessToken: string }

const change = ({ accessToken: token }: Signed, input: object) => ask(CHANGE, { token, variables: { input } })

const changeProfile = ({ accessToken: token }: Signed, profile: object) =>
  ask(PROFILE, { token, variables: { profile } })

/** What somebody has chosen, as they see it. */
async function chosenBy({ ip, email, password }: Person) {
  const client = someClient(ip)
  await client.signIn({ identifier: { email }, password })
  return client.myNotificationPreferences()
}

describe('what a person wants to be told', () => {
  test('is chosen piece by piece, and shown with the zone that users knows', async () => {
    const { tokens } = await (await someVerified()).signIn()
    await changeProfile(tokens, { timeZone: 'Europe/Vienna' })

    const changed = await change(tokens, { quietHours: { from: '22:00', to: '07:00' } })
    const refused = await change(tokens, { quietHours: { from: '22:00', to: '22:00' } })
    const again = await change(tokens, { preferredChannel: 'SMS' })

    const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Vienna' }
    const chosen = { loginAlerts: true, profileChanges: false, quietHours }
    expect(changed.data).toEqual({
      updateNotificationPreferences: {
        user: { notificationPreferences: { ...chosen, preferredChannel: 'EMAIL' } },
        userErrors: [],
      },
    })
    expect(refused.data).toEqual({
      updateNotificationPreferences: {
        user: null,
        userErrors: [{ code: 'INVALID', field: ['quietHours', 'to'] }],
      },
    })
    expect(again.data).toMatchObject({
      updateNotificationPreferences: {
        user: { notificationPreferences: { ...chosen, preferredChannel: 'SMS' } },
      },
    })
  })

  test('is nobody else’s to see', async () => {
    const [{ userId }, { tokens }] = [
      await (await someVerified()).signIn(),
      await (await someVerified()).signIn(),
    ]

    const seen = await ask(
      'query ($id: ID!) { node(id: $id) { ... on User { id notificationPreferences { loginAlerts } } } }',
      { token: tokens.accessToken, variables: { id: userId } },
    )

    expect(seen.data).toEqual({ node: null })
  })

  test('7.5: alerts can be switched off, which is told once; a new device is silent then', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    await mailTo(ada.email, /new sign-in/i)

    await change(tokens, { loginAlerts: false })
    await mailTo(ada.email, /alerts are off/i)
    await change(tokens, { loginAlerts: false })
    await ada.signIn()
    // Told after the sign-in, and by the same way: what would be told of it is there before.
    await change(tokens, { profileChanges: true })
    await changeProfile(tokens, { displayName: 'Ada' })
    await mailTo(ada.email, /profile was changed/i)

    const subjects = (await mailsTo(ada.email)).map(({ subject }) => subject)
    expect(subjects.filter((subject) => /new sign-in/i.test(subject))).toHaveLength(1)
    expect(subjects.filter((subject) => /alerts are off/i.test(subject))).toHaveLength(1)
  })

  test('changes of the profile are told to who wants to know, in their language', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    await change(tokens, { profileChanges: true })

    await changeProfile(tokens, { locale: 'fr-CA', timeZone: 'America/Toronto' })
    const told = await mailTo(ada.email, /profil/i)

    expect(told.subject).toBe('Votre profil a été modifié')
    expect(told.text).toMatch(/Date\u00A0: \d+ \w+ \d{4} à \d\d h \d\d/)
  })

  test('11.2: what may be refused says how, and one press in a mail program spares it, which opening the link does not', async () => {
    const ada = await someVerified()
    const { tokens } = await ada.signIn()
    await change(tokens, { profileChanges: true })
    await changeProfile(tokens, { displayName: 'Ada' })
    const { text } = await mailTo(ada.email, /profile was changed/i)
    const { text: security } = await mailTo(ada.email, /welcome/i)
    const token = /\/account\/unsubscribe#token=([\w-]+)/.exec(text)?.[1] ?? ''
    const url = `${graphUrl()}/hooks/unsubscribe?token=${token}`
    const form = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })

    const opened = await fetch(url, { redirect: 'manual' })
    const before = await chosenBy(ada)
    const pressed = [
      await fetch(url, { method: 'POST', body: form }),
      await fetch(url, { method: 'POST', body: form }),
    ]
    const wrong = await fetch(`${url}x`, { method: 'POST', body: form })
    const after = await chosenBy(ada)

    expect([opened.status, opened.headers.get('location')]).toEqual([
      302,
      `/account/unsubscribe#token=${token}`,
    ])
    expect(before).toMatchObject({ profileChanges: true })
    expect([...pressed, wrong].map(({ status }) => status)).toEqual([204, 204, 401])
    expect(after).toMatchObject({ profileChanges: false, loginAlerts: true })
    expect(security).not.toContain('unsubscribe')
  })

  test('11.2: so does the page behind the link, by the graph', async () => {
    const unsubscribe = (token: string) => someClient().unsubscribe(token)
    const ada = await someVerified()
    await ada.signIn()
    const { text } = await mailTo(ada.email, /new sign-in/i)
    const token = /\/account\/unsubscribe#token=([\w-]+)/.exec(text)?.[1] ?? ''

    const done = [await unsubscribe(token), await unsubscribe(token)]
    const wrong = await unsubscribe('x'.repeat(44))

    expect(done).toEqual(Array(2).fill({ accepted: true, userErrors: [] }))
    expect(wrong).toMatchObject({ accepted: false, userErrors: [{ code: 'INVALID', field: ['token'] }] })
    expect(await chosenBy(ada)).toMatchObject({ loginAlerts: false })
    await mailTo(ada.email, /alerts are off/i)
  })

  test('the SDK reads and changes it', async () => {
    const ada = await someVerified()
    const client = someClient(ada.ip)
    await client.signIn({ identifier: { email: ada.email }, password: ada.password })

    const before = await client.myNotificationPreferences()
    const changed = await client.updateNotificationPreferences({ productNews: true })

    expect(before).toMatchObject({ productNews: false, quietHours: null })
    expect(before?.mandatory).toContain('PASSWORD_CHANGED')
    expect(changed?.user?.notificationPreferences).toMatchObject({ productNews: true })
  })
})
