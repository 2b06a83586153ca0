import { UnrecoverableError } from 'bullmq'
import { refuseEvent } from './refuse-event.js'

const DAY_MS = 24 * 60 * 60 * 1000

const daysOld = (days: number) => ({ name: 'shop.shipped', timestamp: Date.now() - days * DAY_MS })

test('13.8: an event that nobody knows yet is tried again for a week, then no more', () => {
  expect(refuseEvent(daysOld(6.9), ['a'])).not.toBeInstanceOf(UnrecoverableError)
  expect(refuseEvent(daysOld(7.1), ['a'])).toBeInstanceOf(UnrecoverableError)
})

test('names what was lost', () => {
  expect(refuseEvent(daysOld(8), ['a', 'b']).message).toBe('shop.shipped cannot be read: a b')
})
