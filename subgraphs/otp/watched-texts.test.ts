import { createLogger } from '../shared/log/logger.js'
import { watchTexts } from './watched-texts.js'

test.each([
  ['are looked at', 'DE', 1],
  ['are not looked at where no country gets any', null, 0],
])('8.8: the latest texts %s', async (_, country, times) => {
  const settings = {
    SMS_COUNTRIES: country ? [country] : [],
    SMS_HOURLY_MAX: 10,
    SMS_HOURLY_MAX_PER_COUNTRY: 10,
  }
  let asked = 0
  const codes = {
    textOutcomes: async () => {
      asked += 1
      return { sent: 50, verified: 0, isRecent: true }
    },
  }

  await watchTexts(
    settings as Parameters<typeof watchTexts>[0],
    createLogger({ level: 'silent' }),
  ).lookAtOutcomes(codes)

  expect(asked).toBe(times)
})
