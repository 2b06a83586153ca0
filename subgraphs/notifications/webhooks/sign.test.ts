import { signatureOf } from './sign.js'

const SECRET = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
const content = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }

// The vector of the reference libraries of Standard Webhooks.
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='

test('signs as the reference libraries do', () => {
  expect(signatureOf([SECRET], content)).toBe(SIGNATURE)
})

test('while one secret takes the place of another both sign, the newest first', () => {
  const newest = Buffer.alloc(32, 7)

  const signatures = signatureOf([newest, SECRET], content).split(' ')

  expect(signatures).toEqual([signatureOf([newest], content), SIGNATURE])
})

test.each([
  ['id', { id: 'msg_2' }],
  ['timestamp', { timestamp: 1614265331 }],
  ['body', { body: '{"test": 2432232315}' }],
])('another %s has another signature', (_, change) => {
  expect(signatureOf([SECRET], { ...content, ...change })).not.toBe(SIGNATURE)
})
