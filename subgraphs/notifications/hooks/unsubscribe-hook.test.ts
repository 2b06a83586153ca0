import { readUnsubscribeHook } from './unsubscribe-hook.js'

const press = (body: string, query = '?token=abc') =>
  readUnsubscribeHook({
    url: new URL(`https://id.example.org/hooks/unsubscribe${query}`),
    headers: {},
    body: Buffer.from(body),
  })

const PART = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'

const PART_WITH_HEADERS = PART.replace(
  '\r\n\r\n',
  '\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 9\r\n\r\n',
)

test.each(['List-Unsubscribe=One-Click', 'a=b&List-Unsubscribe=One-Click', PART, PART_WITH_HEADERS])(
  '11.2: one press in a mail program: %j',
  async (body) => {
    expect(await press(body)).toEqual({ kind: 'unsubscribe', token: 'abc' })
  },
)

const NOT_IN_THE_PART = PART.replace('\r\n\r\n', '\r\n\r\nno\r\n--x\r\nA: b\r\n\r\n')

test.each([
  ...['', 'List-Unsubscribe=', 'List-Unsubscribe=One-Clicks', 'X-List-Unsubscribe=One-Click', '{}'],
  NOT_IN_THE_PART,
])('11.2: nothing else is one: %j', async (body) => {
  expect(await press(body)).toEqual({ kind: 'faulty' })
})

test('without a token it names nobody', async () => {
  expect(await press('List-Unsubscribe=One-Click', '')).toEqual({ kind: 'unsubscribe', token: '' })
})
