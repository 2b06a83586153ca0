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
