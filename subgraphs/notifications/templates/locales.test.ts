import { localeFor } from './locales.js'
import { momentIn } from './moment.js'

test.each([
  ['de-AT', 'de'],
  ['en-GB', 'en'],
  ['pt-PT', 'pt'],
  ['ja', 'ja'],
  ['FR', 'fr'],
  ['nl', 'en'],
  ['__proto__', 'en'],
  ['', 'en'],
])('to who wants %j it speaks %s', (wanted, locale) => {
  expect(localeFor(wanted)).toBe(locale)
})

const AT = '2026-11-24T03:16:40.000Z'

test.each([
  ['en', 'en-US', 'America/New_York', /^November 23, 2026 at 10:16\sPM EST$/],
  ['en', 'en-GB', 'Europe/London', /^24 November 2026 at 03:16 GMT$/],
  ['de', 'de-AT', 'Europe/Vienna', /^24\. November 2026 um 04:16 MEZ$/],
  ['fr', 'fr', 'Europe/Paris', /^24 novembre 2026 à 04:16 UTC\+1$/],
  ['ja', 'ja-JP', 'Asia/Tokyo', /^2026年11月24日 12:16 JST$/],
  ['en', 'nl', null, /^November 24, 2026 at 03:16\sAM UTC$/],
  ['en', 'en-x-!!', 'Not/AZone', /^November 24, 2026 at 03:16\sAM UTC$/],
])('in %s a time is told as %s tells it, where it is %s', (locale, regionalLocale, timeZone, expected) => {
  expect(momentIn(AT, locale, { regionalLocale, timeZone })).toMatch(expected)
})
