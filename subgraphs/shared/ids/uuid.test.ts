import { newUuid, timeOf } from './uuid.js'

test('tells when a UUIDv7 was made', () => {
  const before = Date.now()
  const made = timeOf(newUuid())?.getTime() ?? 0

  expect(made).toBeGreaterThanOrEqual(before)
  expect(made).toBeLessThanOrEqual(Date.now())
  expect(timeOf('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toEqual(new Date('2022-02-22T19:22:22.000Z'))
})

test.each(['6fa459ea-ee8a-4ca4-894e-db77e160355e', '', 'e1'])('tells nothing of %j', (uuid) => {
  expect(timeOf(uuid)).toBeNull()
})
