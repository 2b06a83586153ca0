import type { Logger } from '../shared/log/logger.js'
import { textsHeld } from '../shared/metrics/registry.js'
import { type Held, makeTextAlarm } from './domain/text-alarm.js'
import type { OtpEnv } from './env.js'
import { FEW_VERIFIED, TEXT_ALARM_MS } from './limits.js'
import { smsRules } from './sms-rules.js'

type Settings = Pick<OtpEnv, 'SMS_COUNTRIES' | 'SMS_HOURLY_MAX' | 'SMS_HOURLY_MAX_PER_COUNTRY'>

/** How many texts go out, and what an operator is told of them. */
export function watchTexts(env: Settings, log: Logger) {
  const { noteHeld, lookAtOutcomes } = makeTextAlarm({
    ...{ everyMs: TEXT_ALARM_MS, fewVerified: FEW_VERIFIED, now: () => performance.now() },
    alarm: ({ kind, ...what }) => log.error({ event: `sms.${kind}`, ...what }),
  })

  return {
    /** Where no texts go out there is nothing to look at. */
    lookAtOutcomes: smsRules(env).isOn ? lookAtOutcomes : async () => {},
    limits: {
      max: { perCountry: env.SMS_HOURLY_MAX_PER_COUNTRY, all: env.SMS_HOURLY_MAX },
      noteHeld(held: Held) {
        textsHeld.inc({ ceiling: held.ceiling })
        noteHeld(held)
      },
    },
  }
}
