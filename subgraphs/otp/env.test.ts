import { settingsListedIn } from '../shared/test/settings-table.js'
import { OtpEnv } from './env.js'

test('the README lists every setting and no other', () => {
  const listed = settingsListedIn(new URL('./README.md', import.meta.url))

  expect(listed).toEqual(new Set(Object.keys(OtpEnv.shape)))
})

test('4.3: no audience of another team is one of our own', () => {
  const { GRANT_AUDIENCES } = OtpEnv.shape

  expect(GRANT_AUDIENCES.parse('orders, stock-room')).toEqual(['orders', 'stock-room'])
  expect(GRANT_AUDIENCES.parse('')).toEqual([])
  for (const wrong of ['users', 'auth', 'orders,passwords', 'router', 'Orders', 'a b']) {
    expect(GRANT_AUDIENCES.safeParse(wrong).success).toBe(false)
  }
})
