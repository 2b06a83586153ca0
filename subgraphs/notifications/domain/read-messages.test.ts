import type { MessageView } from './message.js'
import { makeReadMessages } from './read-messages.js'

const ADA = 'usr_01jzzzzzzzzzzzzzzzzzzzzzzz'
const message: MessageView = {
  id: 'ntf_01jzzzzzzzzzzzzzzzzzzzzzzz',
  userId: ADA,
  kind: 'OTP',
  channel: 'EMAIL',
  status: 'SENT',
  recipient: 'ada@example.org',
  template: 'otp',
  locale: 'en',
  createdAt: new Date(0),
  sentAt: null,
}

const { findMany } = makeReadMessages({
  listByUser: async () => [],
  findMany: async () => [message],
  listAttempts: async () => [],
})

test.each([
  ['its recipient', { userId: ADA, scopes: [] }],
  ['a reader of all users', { userId: 'usr_other', scopes: ['users:read'] }],
  ['a reader of all messages', { userId: 'usr_other', scopes: ['notifications:read'] }],
])('shows a message to %s, its address masked', async (_, reader) => {
  const [found] = await findMany([message.id], reader)

  expect(found).toMatchObject({ id: message.id, recipientMasked: 'a•••@example.org' })
  expect(JSON.stringify(found)).not.toContain('ada@')
})

test.each([
  ['nobody', null],
  ['someone else', { userId: 'usr_other', scopes: ['profile'] }],
])('shows %s neither the message nor that it exists', async (_, reader) => {
  expect(await findMany([message.id, 'ntf_unknown'], reader)).toEqual([null, null])
})
