import { settingsListedIn } from '../shared/test/settings-table.js'
import { OtpEnv } from './env.js'

test('the README lists every setting and no other', () => {
  const listed = settingsListedIn(new URL('./README.md', import.meta.url))

  expect(listed).toEqual(new Set(Object.keys(OtpEnv.shape)))
})
