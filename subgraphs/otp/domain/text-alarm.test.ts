import { FEW_VERIFIED, TEXT_ALARM_MS } from '../limits.js'
import type { TextOutcomes } from './ports.js'
import { makeTextAlarm, type TextAlarm } from './text-alarm.js'

/** An alarm with a clock that only moves when told. */
function setUp() {
  let time = 0
  const raised: TextAlarm[] = []
  const watch = makeTextAlarm({
    ...{ everyMs: TEXT_ALARM_MS, fewVerified: FEW_VERIFIED, now: () => time },
    alarm: (what) => raised.push(what),
  })
  const look = (outcomes: TextOutcomes) => watch.lookAtOutcomes({ textOutcomes: async () => outcomes })
  return { ...watch, look, raised, pass: (ms: number) => (time += ms) }
}

test('8.8: texts that a ceiling holds back are told once an hour, by ceiling and country', () => {
  const { noteHeld, raised, pass } = setUp()
  const german = { ceiling: 'perCountry', country: 'DE' } as const

  for (let count = 0; count < 50; count += 1) noteHeld(german)
  noteHeld({ ceiling: 'perCountry', country: 'FR' })
  noteHeld({ ceiling: 'all', country: null })
  pass(TEXT_ALARM_MS)
  noteHeld(german)

  expect(raised.map((one) => one.kind === 'ceiling' && one.country)).toEqual(['DE', 'FR', null, 'DE'])
})

test.each([
  ['a fifth of fifty came back', { sent: 50, verified: 10, isRecent: true }, 0],
  ['fewer did', { sent: 50, verified: 9, isRecent: true }, 1],
  ['there were fewer than fifty', { sent: 49, verified: 0, isRecent: true }, 0],
  ['the last of them went out long ago', { sent: 50, verified: 0, isRecent: false }, 0],
])('8.8: where %s', async (_, outcomes, alarms) => {
  const { look, raised } = setUp()

  await look(outcomes)
  await look(outcomes)

  expect(raised).toHaveLength(alarms)
})
