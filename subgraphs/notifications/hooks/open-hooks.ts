import type { NotificationsEnv } from '../env.js'
import type { ReadHook } from './hook-request.js'
import { makeReadMailHook } from './mail-hook.js'
import { makeTakeHook } from './take-hook.js'
import { makeReadTwilioHook } from './twilio-hook.js'
import { readUnsubscribeHook } from './unsubscribe-hook.js'
import { makeReadVonageHook } from './vonage-hook.js'

type Options = Omit<Parameters<typeof makeTakeHook>[0], 'readers'> & { env: NotificationsEnv }

/** Everybody who may tell us something, as the operator has set it up. */
export const openHooks = ({ env, ...deps }: Options) => makeTakeHook({ ...deps, readers: readersOf(env) })

function readersOf(env: NotificationsEnv): Record<string, ReadHook> {
  const secrets = env.MAIL_HOOK_SECRETS
  return {
    unsubscribe: readUnsubscribeHook,
    ...smsReaders(env),
    ...(secrets.length > 0 && { mail: makeReadMailHook({ secrets, now: Date.now }) }),
  }
}

function smsReaders({ sms }: NotificationsEnv): Record<string, ReadHook> {
  if (sms.provider === 'twilio') return { twilio: makeReadTwilioHook(sms) }
  if (sms.provider !== 'vonage' || sms.signatureSecret === null) return {}
  const { apiKey, signatureSecret } = sms
  return { vonage: makeReadVonageHook({ apiKey, signatureSecret }) }
}
