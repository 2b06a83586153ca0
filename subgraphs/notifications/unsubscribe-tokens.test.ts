import { randomBytes } from 'node:crypto'
import { idToUuid, newId } from '../shared/ids/type-id.js'
import { createUnsubscribeTokens } from './unsubscribe-tokens.js'

const tokens = createUnsubscribeTokens(randomBytes(32))
const userId = newId('usr')

test.each(['loginAlerts', 'profileChanges', 'productNews'] as const)(
  'says whom it spares what: %s',
  (what) => {
    expect(tokens.read(tokens.make({ userId, what }))).toEqual({ userId, what })
  },
)

test('is the same each time, and fits a link', () => {
  const [one, again] = [
    tokens.make({ userId, what: 'productNews' }),
    tokens.make({ userId, what: 'productNews' }),
  ]

  expect(again).toBe(one)
  expect(one).toMatch(/^[\w-]{44}$/)
})

test('shows nobody who that is', () => {
  const [one, other] = (['productNews', 'loginAlerts'] as const).map((what) =>
    Buffer.from(tokens.make({ userId, what }), 'base64url').toString('hex'),
  )
  const uuid = (idToUuid('usr', userId) ?? '').replaceAll('-', '')

  expect(one).not.toContain(uuid.slice(0, 8))
  // Not even whether two are of one person.
  expect(one?.slice(34)).not.toBe(other?.slice(34))
})

test('is none when anything of it is changed', () => {
  const bytes = Buffer.from(tokens.make({ userId, what: 'loginAlerts' }), 'base64url')

  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes)
    changed[index] = (changed[index] ?? 0) ^ 2
    expect(tokens.read(changed.toString('base64url'))).toBeNull()
  }
})

test.each(['', 'x', 'a'.repeat(44), 'a'.repeat(45), `${'a'.repeat(43)}=`, 'ä'.repeat(44)])(
  'nothing else is one: %j',
  (text) => {
    expect(tokens.read(text)).toBeNull()
  },
)

test('is none of another installation', () => {
  const elsewhere = createUnsubscribeTokens(randomBytes(32))

  expect(elsewhere.read(tokens.make({ userId, what: 'loginAlerts' }))).toBeNull()
})
