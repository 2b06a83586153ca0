import { idToUuid, newId } from '../../shared/ids/type-id.js'
import { createLogger } from '../../shared/log/logger.js'
import type { Report } from '../domain/report.js'
import { signTwilio, TWILIO_TOKEN } from '../test/signed-hooks.js'
import type { HookRequest } from './hook-request.js'
import { makeTakeHook } from './take-hook.js'
import { makeReadTwilioHook } from './twilio-hook.js'
import { readUnsubscribeHook } from './unsubscribe-hook.js'

const messageId = newId('ntf')
const delivered = signTwilio(`https://id.example.org/hooks/twilio?message=${idToUuid('ntf', messageId)}`, {
  ...{ MessageSid: 'SM1', MessageStatus: 'delivered' },
})

async function take(provider: string, { url, headers, body }: HookRequest) {
  const recorded: Report[] = []
  const takeHook = makeTakeHook({
    readers: {
      twilio: makeReadTwilioHook({ authToken: TWILIO_TOKEN }),
      unsubscribe: readUnsubscribeHook,
    },
    reports: {
      record: async (report) => {
        recorded.push(report)
        return true
      },
      recordOfAddress: async () => true,
    },
    unsubscribe: async (token) => (token === 'good' ? 'UNSUBSCRIBED' : 'INVALID'),
    log: createLogger({ level: 'silent' }),
  })
  const { outcome } = await takeHook({ provider, url: url.href, headers, body: body.toString('base64') })
  return { outcome, recorded }
}

test('what a provider has signed is written down', async () => {
  expect(await take('twilio', delivered)).toMatchObject({
    outcome: 'TAKEN',
    recorded: [{ messageId, outcome: 'DELIVERED' }],
  })
})

test.each(['vonage', 'constructor', '__proto__', ''])(
  '11.2: %j, which is not set up, is unknown',
  async (provider) => {
    expect(await take(provider, delivered)).toEqual({ outcome: 'UNKNOWN', recorded: [] })
  },
)

test('11.2: of what nobody signed nothing is kept', async () => {
  expect(await take('twilio', { ...delivered, headers: {} })).toEqual({ outcome: 'UNSIGNED', recorded: [] })
})

test('what is signed and of no use is said to be so', async () => {
  expect(await take('twilio', signTwilio('https://id.example.org/hooks/twilio', {}))).toEqual({
    outcome: 'FAULTY',
    recorded: [],
  })
})

test.each([
  ['good', 'TAKEN'],
  ['bad', 'UNSIGNED'],
])('11.2: whose link is %s is spared what it is of: %s', async (token, outcome) => {
  const url = new URL(`https://id.example.org/hooks/unsubscribe?token=${token}`)
  const body = Buffer.from('List-Unsubscribe=One-Click')

  expect(await take('unsubscribe', { url, headers: {}, body })).toEqual({ outcome, recorded: [] })
})
