import type { JSONWebKeySet } from 'jose'
import { createKeySet } from './key-set.js'

const NO_KEYS: JSONWebKeySet = { keys: [] }

function countedKeySet() {
  const state: { fetches: number; time: number; away: boolean } = { fetches: 0, time: 0, away: false }
  const keySet = createKeySet(
    async () => {
      state.fetches += 1
      if (state.away) throw new Error('away')
      return NO_KEYS
    },
    { now: () => state.time },
  )
  return { state, keySet }
}

test('13.11: many callers at once cause one fetch', async () => {
  const { state, keySet } = countedKeySet()

  await Promise.all(Array.from({ length: 50 }, () => keySet.keys()))

  expect(state.fetches).toBe(1)
})

test('4.2: unknown key ids cause one fetch in 30 s', async () => {
  const { state, keySet } = countedKeySet()
  for (let i = 0; i < 20; i += 1) await keySet.keys(`made-up-${i}`)
  expect(state.fetches).toBe(1)

  state.time = 30_001
  for (let i = 0; i < 20; i += 1) await keySet.keys(`made-up-${i}`)

  expect(state.fetches).toBe(2)
})

test('serves what it has for 5 minutes while the owner is away, asking once a second, and then nothing', async () => {
  const { state, keySet } = countedKeySet()
  await keySet.keys()
  state.away = true

  state.time = 61_000
  await keySet.keys()
  await keySet.keys()
  expect(state.fetches).toBe(2)

  state.time = 300_001
  await expect(keySet.keys()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
})
