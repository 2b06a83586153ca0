import { type KeyFacts, planRotation, type Rotation } from './key-rotation.js'

const NOW = new Date('2030-06-01T12:00:00Z')
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const DAYS = 90
const DAY = 24 * 60

/** A key by the minute it comes into force; made a day before unless told otherwise. */
const key = (kid: string, activates: number, changes: Partial<KeyFacts> = {}): KeyFacts => ({
  ...{ kid, algorithm: 'EdDSA', createdAt: at(Math.min(activates, 0) - DAY), activatesAt: at(activates) },
  ...changes,
})

const plan = (keys: KeyFacts[], changes: Partial<Rotation> = {}) =>
  planRotation(keys, { now: NOW, algorithm: 'EdDSA', days: DAYS, rotate: false, remove: null, ...changes })

const NOTHING = { remove: [], move: [], make: [] }

test('the first start makes a key that signs and the one after it', () => {
  expect(plan([])).toEqual({ ...NOTHING, make: [NOW, at(DAYS * DAY)] })
})

test('an installation of one key gets the next', () => {
  expect(plan([key('old', -10 * DAY)])).toEqual({ ...NOTHING, make: [at(80 * DAY)] })
})

test('4.4: a next key that is late is published ten minutes before it signs', () => {
  expect(plan([key('old', -100 * DAY)])).toEqual({ ...NOTHING, make: [at(10)] })
})

test('with a key that signs and one that waits there is nothing to do', () => {
  expect(plan([key('active', -5), key('next', 80 * DAY)])).toEqual(NOTHING)
})

test('by schedule: when the next one has come into force, one is made for after it', () => {
  expect(plan([key('old', -90 * DAY), key('active', -1)])).toEqual({
    ...NOTHING,
    make: [at(90 * DAY - 1)],
  })
})

test('4.4: a key goes when nothing that it signed can live', () => {
  const keys = (minutes: number) => [key('old', -90 * DAY), key('active', -minutes), key('next', DAY)]

  expect(plan(keys(14)).remove).toEqual([])
  expect(plan(keys(15)).remove).toEqual(['old'])
})

test('on demand the next one signs at once, since it was published long ago, and gets a successor', () => {
  expect(plan([key('active', -5), key('next', 80 * DAY)], { rotate: true })).toEqual({
    remove: [],
    move: [{ kid: 'next', activatesAt: NOW }],
    make: [at(DAYS * DAY)],
  })
})

test('4.4: on demand one that was published just now signs ten minutes after that', () => {
  const young = key('next', 80 * DAY, { createdAt: at(-4) })

  expect(plan([key('active', -5), young], { rotate: true })).toEqual({
    ...NOTHING,
    move: [{ kid: 'next', activatesAt: at(6) }],
  })
})

test('4.4: in an emergency the key that signs goes, and the published next one takes its place', () => {
  expect(
    plan([key('active', -5), key('next', 80 * DAY, { createdAt: at(-1) })], { remove: 'active' }),
  ).toEqual({
    remove: ['active'],
    move: [{ kid: 'next', activatesAt: NOW }],
    make: [at(DAYS * DAY)],
  })
})

test('4.4: in an emergency right after a rotation the next one signs, never the one before', () => {
  const keys = [key('old', -90 * DAY), key('active', -5), key('next', 90 * DAY)]

  expect(plan(keys, { remove: 'active' })).toEqual({
    remove: ['active'],
    move: [{ kid: 'next', activatesAt: NOW }],
    make: [at(DAYS * DAY)],
  })
})

test('in an emergency an old key goes alone, and the next one is made anew', () => {
  const keys = [key('old', -90 * DAY), key('active', -5), key('next', 80 * DAY)]

  expect(plan(keys, { remove: 'old' })).toEqual({ ...NOTHING, remove: ['old'] })
  expect(plan(keys, { remove: 'next' })).toEqual({ ...NOTHING, remove: ['next'], make: [at(90 * DAY - 5)] })
})

test('4.4: in an emergency the published next key signs, whatever its algorithm', () => {
  const keys = [key('active', -5), key('next', 80 * DAY)]

  expect(plan(keys, { remove: 'active', algorithm: 'ES256' })).toEqual({
    remove: ['active'],
    move: [{ kid: 'next', activatesAt: NOW }],
    make: [at(DAYS * DAY)],
  })
})

test('while processes with two settings run side by side, neither takes back what the other has just made', () => {
  const keys = [key('active', -5), key('other', 8, { algorithm: 'ES256', createdAt: at(-2) })]

  expect(plan(keys)).toEqual(NOTHING)
  expect(plan(keys, { algorithm: 'ES256' })).toEqual(NOTHING)
})

test('another algorithm by setting rotates with overlap: the waiting key is made anew, published, and then signs', () => {
  const before = [key('active', -5), key('next', 80 * DAY)]
  const after = [key('active', -5), key('other', 10, { algorithm: 'ES256', createdAt: NOW })]

  expect(plan(before, { algorithm: 'ES256' })).toEqual({ ...NOTHING, remove: ['next'], make: [at(10)] })
  expect(plan(after, { algorithm: 'ES256' })).toEqual(NOTHING)
})
