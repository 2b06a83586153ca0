import { flowDigest } from '../../shared/identifiers/flow-digest.js'
import { someActor } from '../../shared/test/requests.js'
import { makeEnrollAtSignIn } from './enroll-at-sign-in.js'

const ADA = 'usr_ada'
const AT = new Date('2030-01-01T00:00:00Z')
const EXPIRED = { kind: 'refused', problems: [{ code: 'EXPIRED', field: ['loginTicket'] }] }
const WRONG = { kind: 'refused' as const, problems: [{ code: 'INVALID_CODE' as const, field: ['code'] }] }

type World = { isHolder?: boolean; isWrong?: boolean }

function kit({ isHolder = true, isWrong = false }: World = {}) {
  const calls: unknown[] = []
  const enrolling = makeEnrollAtSignIn({
    async findHolder(shown) {
      calls.push(shown)
      return isHolder ? { userId: ADA } : null
    },
    async begin(userId) {
      calls.push(['begin', userId])
      return { enrollmentId: 'enr_1', secret: 'secret' }
    },
    async confirm(confirmation, by) {
      calls.push(['confirm', confirmation, by.userId])
      return isWrong ? WRONG : { kind: 'enrolled', recoveryCodes: ['aaaa-bbbb'], at: AT }
    },
    async signGrant(facts) {
      calls.push(['sign', facts])
      return { grant: 'a.b.c' }
    },
  })
  return { ...enrolling, calls }
}

const SHOWN = { kind: 'ENROLLMENT', ticket: 'ticket', sessionId: null }
const typed = { ticket: 'ticket', enrollmentId: 'enr_1', code: '123456' }

test('8.6: whoever holds a ticket that demands a factor is shown a secret', async () => {
  const { begin, calls } = kit()

  expect(await begin('ticket')).toEqual({ kind: 'begun', enrollmentId: 'enr_1', secret: 'secret' })
  expect(calls).toEqual([SHOWN, ['begin', ADA]])
})

test('8.6: the first app is enrolled, and its grant is for this sign-in, of this person', async () => {
  const { confirm, calls } = kit()

  expect(await confirm(typed, someActor())).toEqual({
    ...{ kind: 'enrolled', recoveryCodes: ['aaaa-bbbb'], grant: 'a.b.c' },
  })
  expect(calls).toEqual([
    SHOWN,
    ['confirm', { userId: ADA, enrollmentId: 'enr_1', code: '123456', isFirst: true }, ADA],
    [
      'sign',
      {
        ...{ userId: ADA, purpose: 'MFA', channel: null, challengeId: 'enr_1', custom: null, changeId: null },
        ...{ addressDigest: null, flow: flowDigest('ticket'), spentAt: AT },
      },
    ],
  ])
})

test('a wrong code enrols nothing and gets no grant', async () => {
  const { confirm, calls } = kit({ isWrong: true })

  expect(await confirm(typed, someActor())).toEqual(WRONG)
  expect(calls).toHaveLength(2)
})

test('what is no ticket, or demands nothing, enrols nothing', async () => {
  const { begin, confirm, calls } = kit({ isHolder: false })

  expect([await begin('ticket'), await confirm(typed, someActor())]).toEqual([EXPIRED, EXPIRED])
  expect(calls).toEqual([SHOWN, SHOWN])
})
