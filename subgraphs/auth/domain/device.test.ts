import { describeDevice } from './device.js'

const NOTHING = { browser: null, os: null, kind: undefined }

test.each([
  ['Firefox', 'Linux', undefined, 'Firefox on Linux', 'DESKTOP'],
  ['Mobile Safari', 'iOS', 'mobile', 'Mobile Safari on iOS', 'MOBILE'],
  ['Safari', 'iPadOS', 'tablet', 'Safari on iPadOS', 'TABLET'],
  ['curl', null, undefined, 'curl', 'OTHER'],
  [null, 'Android', 'mobile', 'Android', 'MOBILE'],
  [null, null, undefined, 'Unknown device', 'OTHER'],
])('%p on %p (%p) is called %p', (browser, os, kind, name, described) => {
  expect(describeDevice(null, { browser, os, kind })).toEqual({ name, browser, os, kind: described })
})

test('the name its owner gave it comes first', () => {
  expect(describeDevice('Ada’s laptop', NOTHING).name).toBe('Ada’s laptop')
})
