import { makeDeliverMessage } from './deliver-message.js'
import type { ClaimedMessage } from './message.js'
import type { Outcome, Outlet, SendResult } from './ports.js'
import { MAX_TRIES } from './retry-delay.js'

const claimed: ClaimedMessage = {
  id: 'm1',
  lease: 'l1',
  userId: 'usr_1',
  refusedBy: null,
  kind: 'OTP',
  channel: 'EMAIL',
  template: 'otp',
  locale: 'en',
  recipient: 'ada@example.org',
  variables: {},
  sealedSecret: 'sealed',
  tries: 1,
  expired: false,
  waitedSeconds: 0,
}

type Case = {
  message?: Partial<ClaimedMessage> | null
  answer?: SendResult
  open?: () => Promise<string>
  stopped?: boolean
}

const TAKEN: SendResult = { kind: 'accepted', providerMessageId: 'p1' }

async function deliver({ message = {}, answer = TAKEN, open, stopped = false }: Case) {
  const sent: string[] = []
  const outcomes: Outcome[] = []
  const outlet = (what: string): Outlet => ({
    provider: what,
    word: async (_, secret) => async () => {
      sent.push(`${what} ${secret}`)
      return answer
    },
  })
  const deliverMessage = makeDeliverMessage({
    deliveries: {
      claim: async () => (message ? { ...claimed, ...message } : null),
      record: async (_, __, outcome) => {
        outcomes.push(outcome)
        return true
      },
    },
    open: open ?? (async () => '123456'),
    outlets: { EMAIL: outlet('mail'), SMS: outlet('text') },
    isStopped: async () => stopped,
    random: () => 0.5,
  })
  await deliverMessage('m1')
  return { sent, outcomes }
}

test('sends with the secret opened, and says so', async () => {
  const { sent, outcomes } = await deliver({})

  expect(sent).toEqual(['mail 123456'])
  expect(outcomes).toEqual([{ kind: 'sent', providerMessageId: 'p1' }])
})

test('takes the way that the message is for', async () => {
  expect((await deliver({ message: { channel: 'SMS' } })).sent).toEqual(['text 123456'])
})

test.each([
  ['less than our own pause', 1, 5000],
  ['more', 90, 90_000],
  ['more than anyone should', 1_000_000, 3_600_000],
])('11.3: waits as long as a provider asks: %s', async (_, retryAfterSeconds, delayMs) => {
  const { outcomes } = await deliver({ answer: { kind: 'deferred', error: 'e', retryAfterSeconds } })

  expect(outcomes).toEqual([{ kind: 'retry', error: 'e', delayMs }])
})

test('does nothing for a message that is not to be had', async () => {
  expect(await deliver({ message: null })).toEqual({ sent: [], outcomes: [] })
})

test('drops an expired message unsent', async () => {
  const { sent, outcomes } = await deliver({ message: { expired: true } })

  expect(sent).toEqual([])
  expect(outcomes).toEqual([{ kind: 'dropped', error: 'EXPIRED' }])
})

test('gives up at once when it is refused for good', async () => {
  const { outcomes } = await deliver({ answer: { kind: 'refused', error: 'SMTP 550' } })

  expect(outcomes).toEqual([{ kind: 'dead', error: 'SMTP 550' }])
})

test('what is stopped is not handed over', async () => {
  const { sent, outcomes } = await deliver({ stopped: true })

  expect(sent).toEqual([])
  expect(outcomes).toEqual([{ kind: 'suppressed', error: 'SUPPRESSED' }])
})

test.each([
  ['EMAIL', 'BOUNCED'],
  ['SMS', 'FAILED'],
] as const)('nothing more goes where nothing arrives: %s', async (channel, status) => {
  const answer: SendResult = { kind: 'refused', error: 'e', stops: 'BOUNCE' }

  const { outcomes } = await deliver({ answer, message: { channel } })

  expect(outcomes).toEqual([{ kind: 'bounced', status, error: 'e', stops: 'BOUNCE' }])
})

test('tries again later, and gives up after the eighth try', async () => {
  const answer: SendResult = { kind: 'deferred', error: 'SMTP 451' }

  const early = await deliver({ answer, message: { tries: MAX_TRIES - 1 } })
  const last = await deliver({ answer, message: { tries: MAX_TRIES } })

  expect(early.outcomes).toMatchObject([{ kind: 'retry', error: 'SMTP 451' }])
  expect(last.outcomes).toEqual([{ kind: 'dead', error: 'SMTP 451' }])
})

test('does not send what was claimed too often, as when it kills its worker', async () => {
  const { sent, outcomes } = await deliver({ message: { tries: MAX_TRIES + 1 } })

  expect(sent).toEqual([])
  expect(outcomes).toEqual([{ kind: 'dead', error: 'TOO_MANY_TRIES' }])
})

test('keeps a message whose secret cannot be opened now', async () => {
  const { sent, outcomes } = await deliver({ open: () => Promise.reject(new Error('wrong key')) })

  expect(sent).toEqual([])
  expect(outcomes).toMatchObject([{ kind: 'retry', error: 'NOT_RENDERED' }])
})
