import { ITSELF } from '../../shared/audit/act.js'
import { makeChangePreferences, type PreferencesInput } from './change-preferences.js'
import type { Preferences } from './preferences.js'

async function changed(input: PreferencesInput) {
  const changes: Partial<Preferences>[] = []
  const change = makeChangePreferences({
    preferences: {
      change: async (_, given) => {
        changes.push(given)
      },
    },
  })
  return { result: await change('usr_ada', input, ITSELF), changes }
}

test('changes what is given and nothing else', async () => {
  const { result, changes } = await changed({
    loginAlerts: false,
    productNews: null,
    preferredChannel: 'SMS',
  })

  expect(result).toEqual({ kind: 'changed' })
  expect(changes).toEqual([{ loginAlerts: false, preferredChannel: 'SMS' }])
})

test('sets quiet hours and ends them', async () => {
  const hours = { from: '22:00', to: '07:00' }

  expect((await changed({ quietHours: hours })).changes).toEqual([{ quietHours: hours }])
  expect((await changed({ quietHours: null })).changes).toEqual([{ quietHours: null }])
})

test('writes nothing where there is nothing to change', async () => {
  expect(await changed({ loginAlerts: null })).toEqual({ result: { kind: 'changed' }, changes: [] })
})

test.each([
  [
    { from: '25:00', to: 'late' },
    [
      ['quietHours', 'from'],
      ['quietHours', 'to'],
    ],
  ],
  [{ from: '22:00', to: '7' }, [['quietHours', 'to']]],
  [{ from: '22:00', to: '22:00' }, [['quietHours', 'to']]],
])('refuses the quiet hours %j', async (quietHours, fields) => {
  const { result, changes } = await changed({ quietHours, loginAlerts: false })

  expect(result).toEqual({ kind: 'refused', problems: fields.map((field) => ({ code: 'INVALID', field })) })
  expect(changes).toEqual([])
})
