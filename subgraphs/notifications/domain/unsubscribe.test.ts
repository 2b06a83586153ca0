import { ITSELF } from '../../shared/audit/act.js'
import { makeUnsubscribe } from './unsubscribe.js'

async function unsubscribe(token: string, isSomebody = true) {
  const switchedOff: string[] = []
  const result = await makeUnsubscribe({
    tokens: { read: (text) => (text === 'good' ? { userId: 'usr_ada', what: 'loginAlerts' } : null) },
    isSomebody: async () => isSomebody,
    preferences: {
      switchOff: async (userId, what) => {
        switchedOff.push(`${userId} ${what}`)
      },
    },
  })(token, ITSELF)
  return { result, switchedOff }
}

test('a link of ours spares its person what it is of', async () => {
  expect(await unsubscribe('good')).toEqual({ result: 'UNSUBSCRIBED', switchedOff: ['usr_ada loginAlerts'] })
})

test('of who is gone nothing is written down, and the answer is the same', async () => {
  expect(await unsubscribe('good', false)).toEqual({ result: 'UNSUBSCRIBED', switchedOff: [] })
})

test('what nobody made does nothing', async () => {
  expect(await unsubscribe('bad')).toEqual({ result: 'INVALID', switchedOff: [] })
})
