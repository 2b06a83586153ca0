import { isTimeOfDay, quietUntil } from './quiet-hours.js'

const NIGHT = { from: '22:00', to: '07:30' }
const NOON = { from: '12:00', to: '14:00' }

test.each([
  ['in the night', NIGHT, 'Europe/Vienna', '2026-11-24T22:15:30Z', '2026-11-25T06:30:00Z'],
  ['in the morning', NIGHT, 'Europe/Vienna', '2026-11-24T06:29:00Z', '2026-11-24T06:30:00Z'],
  ['when it begins', NIGHT, 'Europe/Vienna', '2026-11-24T21:00:00Z', '2026-11-25T06:30:00Z'],
  ['at noon', NOON, 'Asia/Tokyo', '2026-11-24T03:30:00Z', '2026-11-24T05:00:00Z'],
  ['where half an hour counts', NIGHT, 'Asia/Kolkata', '2026-11-24T20:00:00Z', '2026-11-25T02:00:00Z'],
  ['in the night that is shorter', NIGHT, 'Europe/Vienna', '2026-03-28T22:00:00Z', '2026-03-29T05:30:00Z'],
  ['in the night that is longer', NIGHT, 'Europe/Vienna', '2026-10-24T21:00:00Z', '2026-10-25T06:30:00Z'],
  ['without a zone', NIGHT, null, '2026-11-24T23:00:00Z', '2026-11-25T07:30:00Z'],
  [
    'in a night whose clock skips the end',
    { from: '01:00', to: '02:30' },
    'Europe/Berlin',
    '2026-03-29T00:10:00Z',
    '2026-03-29T01:30:00Z',
  ],
  ['in a zone that there is not', NIGHT, 'Not/AZone', '2026-11-24T23:00:00Z', '2026-11-25T07:30:00Z'],
])('%s it is quiet until its end', (_, hours, timeZone, now, until) => {
  expect(quietUntil(new Date(now), hours, timeZone)?.toISOString()).toBe(new Date(until).toISOString())
})

test.each([
  ['after a night', NIGHT, '2026-11-24T06:30:00Z'],
  ['before one', NIGHT, '2026-11-24T20:59:59Z'],
  ['before noon', NOON, '2026-11-24T10:59:00Z'],
  ['after noon', NOON, '2026-11-24T13:00:00Z'],
])('%s it is not', (_, hours, now) => {
  expect(quietUntil(new Date(now), hours, 'Europe/Vienna')).toBeNull()
})

test.each(['24:00', '7:30', '12:60', '12:00:00', ' 12:00', ''])('%j is no time of day', (text) => {
  expect(isTimeOfDay(text)).toBe(false)
})
