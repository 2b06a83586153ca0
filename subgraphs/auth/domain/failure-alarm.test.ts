import { makeFailureAlarm } from './failure-alarm.js'

function setUp() {
  const alarms: number[] = []
  let time = 0
  const noteFailure = makeFailureAlarm({
    limit: { max: 3, windowMs: 60_000 },
    now: () => time,
    alarm: (failures) => alarms.push(failures),
  })
  const fail = (times: number) => Array.from({ length: times }, () => noteFailure())
  return { alarms, fail, pass: (ms: number) => (time += ms) }
}

test('7.2: more failures than usual within a minute are told once', () => {
  const { alarms, fail } = setUp()

  fail(3)
  const atTheLimit = [...alarms]
  fail(10)

  expect(atTheLimit).toEqual([])
  expect(alarms).toEqual([4])
})

test('7.2: the next minute is counted anew, and told anew', () => {
  const { alarms, fail, pass } = setUp()
  fail(4)
  pass(60_000)
  fail(3)
  const inTheNextMinute = [...alarms]
  fail(1)

  expect(inTheNextMinute).toEqual([4])
  expect(alarms).toEqual([4, 4])
})
