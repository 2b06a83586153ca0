import { classifyFailure } from './smtp-failure.js'

test.each([
  [{ code: 'EENVELOPE', responseCode: 550 }, 'refused', 'SMTP 550'],
  [{ code: 'EMESSAGE', responseCode: 554 }, 'refused', 'SMTP 554'],
  [{ code: 'EMESSAGE', responseCode: 451 }, 'deferred', 'SMTP 451'],
  [{ code: 'EENVELOPE', responseCode: 530 }, 'deferred', 'SMTP 530'],
  [{ code: 'EAUTH', responseCode: 535 }, 'deferred', 'SMTP 535'],
  [{ code: 'ECONNECTION', responseCode: 554 }, 'deferred', 'SMTP 554'],
  [{ code: 'ETLS' }, 'deferred', 'SMTP ETLS'],
  [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'deferred', 'SMTP ECONNREFUSED'],
  [{ code: 'ESOCKET', originalCode: 'sent to ada@example.org' }, 'deferred', 'SMTP ESOCKET'],
  [new Error('550 <ada@example.org> unknown'), 'deferred', 'SMTP failure'],
  [null, 'deferred', 'SMTP failure'],
])('%j means %s', (failure, kind, error) => {
  expect(classifyFailure(failure)).toEqual({ kind, error })
})

const toRecipient = (response: string) => ({
  ...{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: Number(response.slice(0, 3)), response },
})

test.each([
  '550 5.1.1 <ada@example.org> no such user',
  '550-5.1.1 no such user',
  '556 5.1.10 null MX',
  '550 5.2.1 off',
])('there is no mailbox: %s', (response) => {
  expect(classifyFailure(toRecipient(response))).toMatchObject({ kind: 'refused', stops: 'BOUNCE' })
})

test.each([
  ['a rule of theirs', toRecipient('550 5.7.1 listed')],
  ['a full mailbox', toRecipient('552 5.2.2 full')],
  ['no more than three digits', toRecipient('550 5.1.1x')],
  ['nothing but a number', toRecipient('550 no')],
  ['our own name', { ...toRecipient('550 5.1.1 x'), command: 'MAIL FROM' }],
  ['the words', { code: 'EMESSAGE', command: 'DATA', responseCode: 550, response: '550 5.1.1 x' }],
])('an answer about %s keeps nothing else back', (_, failure) => {
  expect(classifyFailure(failure)).not.toHaveProperty('stops')
})
