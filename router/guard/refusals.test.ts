import { pino } from 'pino'
import { Refusal } from '../../subgraphs/shared/contracts/audit.js'
import { ID_PREFIXES, newId } from '../../subgraphs/shared/ids/type-id.js'
import { createRefusals, type Refused } from './refusals.js'

type Told = {
  refusals: { code: string; field: string; count: number; by: { userId: string | null; ip: string | null } }[]
}

const log = pino({ level: 'silent' })
const ADA = newId(ID_PREFIXES.user)
const REFUSED: Refused = {
  ...{ code: 'FORBIDDEN', field: 'users', ip: '192.0.2.1' },
  viewer: { userId: ADA, clientId: 'web' },
}

function someRefusals() {
  const state = { told: [] as Told[], away: false }
  const users = {
    async recordRefusals(told: Told) {
      if (state.away) throw new Error('away')
      state.told.push(structuredClone(told))
      return {}
    },
  }
  return { state, refusals: createRefusals(users, log, 20) }
}

test('12.4: refusals of one caller for one reason are one row, with how many they were', async () => {
  const { state, refusals } = someRefusals()
  for (let n = 0; n < 7; n++) refusals.note(REFUSED)
  refusals.note({ ...REFUSED, field: 'auditLog' })
  refusals.note({ ...REFUSED, code: 'RATE_LIMITED', viewer: null, ip: '2001:db8::1' })
  refusals.note({ ...REFUSED, code: 'RATE_LIMITED', viewer: null, ip: '2001:db8::2' })

  await refusals.stop()

  const by = { userId: ADA, client: 'web', ip: '192.0.2.1', userAgent: null }
  expect(state.told).toEqual([
    {
      refusals: [
        { code: 'FORBIDDEN', field: 'users', count: 7, by },
        { code: 'FORBIDDEN', field: 'auditLog', count: 1, by },
        {
          ...{ code: 'RATE_LIMITED', field: 'users', count: 2 },
          by: { userId: null, client: null, ip: '2001:db8::/64', userAgent: null },
        },
      ],
    },
  ])
})

test('what is no decision of the guard is not told', async () => {
  const { state, refusals } = someRefusals()
  refusals.note({ ...REFUSED, code: 'BAD_USER_INPUT' })
  refusals.note({ ...REFUSED, code: 'INTERNAL_SERVER_ERROR' })

  await refusals.stop()

  expect(state.told).toEqual([])
})

test('what cannot be told now is told with the next round', async () => {
  const { state, refusals } = someRefusals()
  state.away = true
  refusals.note(REFUSED)
  refusals.start()
  await new Promise((later) => setTimeout(later, 60))
  refusals.note(REFUSED)
  state.away = false

  await refusals.stop()

  const counts = state.told.flatMap((told) => told.refusals.map(({ count }) => count))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2)
})

test('a flood from everywhere fills no audit log', async () => {
  const { state, refusals } = someRefusals()
  for (let n = 0; n < 5000; n++) refusals.note({ ...REFUSED, viewer: null, ip: `10.0.${n >> 8}.${n & 255}` })

  await refusals.stop()

  const rows = state.told[0]?.refusals ?? []
  expect(rows.length).toBe(501)
  expect(rows.find(({ by }) => by.ip === null)?.count).toBe(4500)
})

test('a router that cannot tell anybody stops all the same', async () => {
  const { state, refusals } = someRefusals()
  const warned = jest.spyOn(log, 'warn')
  state.away = true
  refusals.note(REFUSED)

  await expect(refusals.stop()).resolves.toBeUndefined()
  expect(warned).toHaveBeenCalledWith(expect.objectContaining({ event: 'refusals.untold' }))
})

test('a machine client stands for nobody, and what is told of it is what the call takes', async () => {
  const { state, refusals } = someRefusals()
  const clientId = newId(ID_PREFIXES.apiClient)
  refusals.note({ ...REFUSED, viewer: { userId: clientId, clientId } })

  await refusals.stop()

  const [row] = state.told.flatMap((told) => told.refusals)
  expect(Refusal.parse(row)).toMatchObject({ count: 1, by: { userId: null, client: clientId } })
})
