import { readUnsubscribeHook } from './unsubscribe-hook.js'

const press = (body: string, query = '?token=abc') =>
  readUnsubscribeHook({
    url: new URL(`https://id.example.org/hooks/unsubscribe${query}`),
    headers: {},
    body: Buffer.from(body),
  })

const PART = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'

test.each(['List-Unsubscribe=One-Click', 'a=b&List-Unsubscribe=One-Click', PART])(
  '11.2: one press in a mail program: %j',
  async (body) => {
    expect(await press(body)).toEqual({ kind: 'unsubscribe', token: 'abc' })
  },
)

test.each(['', 'List-Unsubscribe=', 'List-Unsubscribe=One-Clicks', 'X-List-Unsubscribe=One-Click', '{}'])(
  '11.2: nothing else is one: %j',
  async (body) => {
    expect(await press(body)).toEqual({ kind: 'faulty' })
  },
)

test('without a token it names nobody', async () => {
  expect(await press('List-Unsubscribe=One-Click', '')).toEqual({ kind: 'unsubscribe', token: '' })
})
