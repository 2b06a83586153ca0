import { createDelivery } from './delivery.js'

const { mayDeliver, clientIdOf } = createDelivery({
  BODY_DELIVERY_ORIGINS: ['https://listed.test'],
  APPS_FILE: [
    { name: 'shop', origins: ['https://shop.test'], pages: [], tokenDelivery: 'COOKIE' },
    { name: 'kiosk', origins: ['https://kiosk.test'], pages: [], tokenDelivery: 'BODY' },
  ],
})

test.each([
  ['a native client', null, { COOKIE: true, BODY: true }, 'web'],
  ['an origin that is listed for the body', 'https://listed.test', { COOKIE: true, BODY: true }, 'web'],
  ['any other', 'https://other.test', { COOKIE: true, BODY: false }, 'web'],
  ['an app with cookies', 'https://shop.test', { COOKIE: true, BODY: false }, 'shop'],
  ['an app without', 'https://kiosk.test', { COOKIE: false, BODY: true }, 'kiosk'],
])('5.1: %s is handed its refresh token as it may be, under its name', (_, origin, may, name) => {
  expect({ COOKIE: mayDeliver(origin, 'COOKIE'), BODY: mayDeliver(origin, 'BODY') }).toEqual(may)
  expect(clientIdOf(origin)).toBe(name)
})
