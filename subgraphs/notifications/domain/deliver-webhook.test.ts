import { makeDeliverWebhook } from './deliver-webhook.js'
import type { ClaimedDelivery, DeliveryOutcome, PostAnswer } from './webhook-ports.js'

const HOURS_72 = 72 * 3600

async function outcomeAfter(answer: PostAnswer, changes: Partial<ClaimedDelivery> = {}) {
  const recorded: DeliveryOutcome[] = []
  const posted: unknown[] = []
  const delivery = {
    ...{ id: '1', lease: 'l1', endpoint: 'crm', type: 'user.verified', webhookId: 'evt_1', body: '{}' },
    ...{ tries: 1, secondsLeft: HOURS_72, ...changes },
  }
  const deliver = makeDeliverWebhook({
    webhooks: {
      claim: async () => delivery,
      record: async (_, outcome) => {
        recorded.push(outcome)
        return true
      },
    },
    posts: new Map([
      [
        'crm',
        async (sent) => {
          posted.push(sent)
          return answer
        },
      ],
    ]),
    random: () => 0.5,
  })

  await deliver('1')
  return { outcome: recorded[0], posted: posted.length }
}

const failed = { kind: 'failed', error: 'HTTP 500' } as const

test('what was taken is delivered', async () => {
  expect((await outcomeAfter({ kind: 'taken' })).outcome).toEqual({ kind: 'delivered' })
})

test('what failed is tried again later', async () => {
  expect((await outcomeAfter(failed)).outcome).toEqual({
    ...{ kind: 'retry', error: 'HTTP 500', delayMs: 5000, endpoint: null },
  })
})

test('11.3: after 72 hours it is given up on', async () => {
  expect((await outcomeAfter(failed, { tries: 14, secondsLeft: 0 })).outcome).toEqual({
    ...{ kind: 'dead', error: 'HTTP 500', endpoint: null },
  })
})

test('one that kills its worker each time is not tried for ever', async () => {
  const { outcome, posted } = await outcomeAfter({ kind: 'taken' }, { tries: 21 })

  expect(outcome).toMatchObject({ kind: 'dead', error: 'TOO_MANY_TRIES' })
  expect(posted).toBe(0)
})

test('11.3: an endpoint that asks for time gets it, for all that waits for it', async () => {
  const answer = { ...failed, error: 'HTTP 503', retryAfterSeconds: 600 }

  expect((await outcomeAfter(answer)).outcome).toEqual({
    ...{ kind: 'retry', error: 'HTTP 503', delayMs: 600_000, endpoint: { kind: 'held', forMs: 600_000 } },
  })
  expect((await outcomeAfter({ ...answer, retryAfterSeconds: 86_400 })).outcome).toMatchObject({
    endpoint: { kind: 'held', forMs: 3_600_000 },
  })
})

test('an endpoint that wants no more is switched off, and what was for it waits', async () => {
  expect((await outcomeAfter({ kind: 'gone' })).outcome).toEqual({
    ...{ kind: 'retry', error: 'HTTP 410', delayMs: 5000, endpoint: { kind: 'off' } },
  })
})

test('one that another process knows is left to that', async () => {
  const { outcome, posted } = await outcomeAfter({ kind: 'taken' }, { endpoint: 'new' })

  expect(outcome).toMatchObject({ kind: 'retry', error: 'NOT_CONFIGURED' })
  expect(posted).toBe(0)
})

test('has nothing to do where somebody else is at it', async () => {
  const deliver = makeDeliverWebhook({
    webhooks: { claim: async () => null, record: async () => true },
    ...{ posts: new Map(), random: Math.random },
  })

  expect(await deliver('1')).toBeNull()
})
