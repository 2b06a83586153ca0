import { makeDeliverMessage } from './deliver-message.js'
import type { ClaimedMessage } from './message.js'
import type { Outcome, SendResult } from './ports.js'
import { MAX_TRIES } from './retry-delay.js'

const claimed: ClaimedMessage = {
  id: 'm1',
  lease: 'l1',
  kind: 'OTP',
  template: 'otp',
  locale: 'en',
  recipient: 'ada@example.org',
  variables: {},
  sealedSecret: 'sealed',
  tries: 1,
  expired: false,
}

type Case = { message?: Partial<ClaimedMessage> | null; answer?: SendResult; open?: () => Promise<string> }

async function deliver({ message = {}, answer = { kind: 'accepted', providerMessageId: 'p1' }, open }: Case) {
  const sent: string[] = []
  const outcomes: Outcome[] = []
  const deliverMessage = makeDeliverMessage({
    deliveries: {
      claim: async () => (message ? { ...claimed, ...message } : null),
      record: async (_, __, outcome) => {
        outcomes.push(outcome)
        return true
      },
    },
    open: open ?? (async () => '123456'),
    render: (_, secret) => ({ subject: 's', text: `code ${secret}`, html: '' }),
    sender: {
      provider: 'test',
      send: async ({ text }) => {
        sent.push(text)
        return answer
      },
    },
    random: () => 0.5,
  })
  await deliverMessage('m1')
  return { sent, outcomes }
}

test('sends with the secret opened, and says so', async () => {
  const { sent, outcomes } = await deliver({})

  expect(sent).toEqual(['code 123456'])
  expect(outcomes).toEqual([{ kind: 'sent', providerMessageId: 'p1' }])
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
