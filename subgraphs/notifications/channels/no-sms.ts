import type { Sender, Sms } from '../domain/ports.js'

/** Where no provider is set: only what was written before it was taken away ever comes here. */
export const NO_SMS: Sender<Sms> = {
  provider: 'none',
  send: async () => ({ kind: 'refused', error: 'SMS_OFF' }),
}
