import { randomBytes } from 'node:crypto'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import type { NewChallenge } from '../domain/ports.js'
import { CHALLENGE } from '../limits.js'
import {
  DAY,
  MAX_WRONG,
  MINUTE,
  newCode,
  type OnCodeStore,
  RACERS,
  SPENT,
  someChallenge,
  times,
} from './codes-kit.js'

/** How often a code is tried, and who may spend it. */
export function tryingContract(on: OnCodeStore) {
  describe('trying (SECURITY 8.1, 8.2)', () => {
    test('8.1: hands out what its grant is to be bound to', async () => {
      const { id, addressDigest, changeId, flow, custom } = await on.open({
        ...{ addressDigest: 'address', changeId: newId(ID_PREFIXES.contactChange), flow: 'flow' },
        custom: { action: 'orders:pay-out', audience: 'orders' },
      })

      expect(await on.kit.store.countAttempt(id)).toMatchObject({ addressDigest, changeId, flow, custom })
    })

    test('hands out the digest with each of five tries, and no more', async () => {
      const { id, digest, userId } = await on.open()

      const first = await on.kit.store.countAttempt(id)
      const rest = await times(RACERS, () => on.kit.store.countAttempt(id))

      expect(first).toMatchObject({ kind: 'counted', userId, attemptsRemaining: CHALLENGE.attempts - 1 })
      expect(first.kind === 'counted' && Buffer.from(first.digest)).toEqual(Buffer.from(digest))
      expect(rest.filter(({ kind }) => kind === 'counted')).toHaveLength(CHALLENGE.attempts - 1)
      expect(await on.kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' })
    })

    test('ends after five minutes', async () => {
      const { id, digest } = await on.open()
      await on.kit.pass(5 * MINUTE - 5)
      expect(await on.kit.store.countAttempt(id)).toMatchObject({ kind: 'counted' })

      await on.kit.pass(5)

      expect(await on.kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
      expect(await on.kit.store.spend(id, digest, SPENT)).toBeNull()
    })

    test('is spent by exactly one of many racing callers', async () => {
      const { id, digest } = await on.open()
      await on.kit.store.countAttempt(id)

      const outcomes = await times(RACERS, () => on.kit.store.spend(id, digest, SPENT))

      expect(outcomes.filter(Boolean)).toEqual([{ spentAt: expect.any(Date) }])
      expect(await on.kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    })

    test('tells of a code that was entered that it arrived, once, and of no other', async () => {
      const arrivedAt = async (changes: Partial<NewChallenge>) => {
        const { id, digest } = await on.open(changes)
        await on.kit.store.countAttempt(id)
        await times(2, () => on.kit.store.spend(id, digest, SPENT))
        return (await on.kit.arrived()).filter(({ challengeId }) => challengeId === id)
      }

      expect(await arrivedAt({ channel: 'SMS', addressDigest: 'of a number' })).toMatchObject([
        { channel: 'SMS', addressDigest: 'of a number' },
      ])
      expect(await arrivedAt({ addressDigest: null })).toEqual([])
      expect(await arrivedAt({ userId: null, addressDigest: 'of nobody' })).toEqual([])
    })

    test('never spends a decoy, even with its own digest', async () => {
      const { id, digest } = await on.open({ userId: null })

      expect(await on.kit.store.spend(id, digest, SPENT)).toBeNull()
    })

    test('a code sent again ends the code before it, also between its try and its spending', async () => {
      const { id, digest } = await on.open()
      await on.kit.store.countAttempt(id)
      await on.kit.pass(MINUTE)
      const fresh = newCode()
      await on.kit.store.renew(id, fresh)

      expect(await on.kit.store.spend(id, digest, SPENT)).toBeNull()
      expect(await on.kit.store.spend(id, fresh.digest, SPENT)).toMatchObject({ spentAt: expect.any(Date) })
    })

    test('a newer challenge of the same subject ends the one before', async () => {
      const { id, subject, digest } = await on.open()
      const stranger = await on.open()
      await on.open({ subject })

      expect(await on.kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
      expect(await on.kit.store.spend(id, digest, SPENT)).toBeNull()
      expect(await on.kit.store.renew(id, newCode())).toMatchObject({ reason: 'EXPIRED' })
      expect(await on.kit.store.countAttempt(stranger.id)).toMatchObject({ kind: 'counted' })
    })

    test('8.1: a challenge for something else leaves it as it is', async () => {
      const { id, subject, digest } = await on.open()
      await on.open({ subject, purpose: 'LOGIN' })

      expect(await on.kit.store.countAttempt(id)).toMatchObject({ kind: 'counted' })
      expect(await on.kit.store.spend(id, digest, SPENT)).toMatchObject({ spentAt: expect.any(Date) })
    })

    test('knows nothing of an unknown challenge', async () => {
      expect(await on.kit.store.countAttempt(someChallenge().id)).toEqual({
        kind: 'refused',
        reason: 'EXPIRED',
      })
    })
  })

  describe('wrong codes of one account (SECURITY 8.2)', () => {
    test.each([
      ['an account', newId(ID_PREFIXES.user)],
      ['a decoy', null],
    ])('allows twenty in a day over all challenges of %s', async (_, userId) => {
      const subject = randomBytes(32)
      const outcomes = await on.exhaust({ subject, userId })
      const { id } = await on.open({ subject, userId })

      expect(outcomes.every(({ kind }) => kind === 'counted')).toBe(true)
      expect(await on.kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' })
      await on.kit.pass(DAY)
      const later = await on.open({ subject, userId })
      expect(await on.kit.store.countAttempt(later.id)).toMatchObject({ kind: 'counted' })
    })

    test('allows twenty in a day of one person, by whatever they are named, and no answer tells', async () => {
      const userId = newId(ID_PREFIXES.user)
      const tries = []
      for (let count = 0; count < MAX_WRONG; count += CHALLENGE.attempts) {
        const { id } = await on.open({ userId })
        tries.push(...(await times(CHALLENGE.attempts, () => on.kit.store.countAttempt(id))))
      }
      const other = await on.open({ userId })
      const [decoy, stranger] = [await on.open({ userId: null }), await on.open()]

      expect(tries).toMatchObject(tries.map(() => ({ kind: 'counted', userId })))
      const [last, ...others] = await Promise.all(
        [other, decoy, stranger].map(({ id }) => on.kit.store.countAttempt(id)),
      )
      expect(last).toMatchObject({ kind: 'counted', userId: null, attemptsRemaining: CHALLENGE.attempts - 1 })
      expect(others).toMatchObject([{ userId: null }, { userId: stranger.userId }])
      await on.kit.pass(DAY)
      expect(await on.kit.store.countAttempt((await on.open({ userId })).id)).toMatchObject({ userId })
    })

    test.each([
      ['a second factor', { flow: 'flow' }],
      ['a change of address', { changeId: newId(ID_PREFIXES.contactChange) }],
    ])(
      '8.2: what strangers try of an account leaves the tries of %s alone, and the other way round',
      async (_, own) => {
        const userId = newId(ID_PREFIXES.user)
        const [first, other] = [
          { userId, subject: randomBytes(32) },
          { userId, subject: randomBytes(32) },
        ]
        await on.exhaust(first)
        const theirs = await on.open({ ...other, ...own })

        expect(await on.kit.store.countAttempt(theirs.id)).toMatchObject({ userId, subjectId: userId })
        expect(await on.kit.store.spend(theirs.id, theirs.digest, SPENT)).not.toBeNull()
        expect(await on.kit.store.countAttempt((await on.open({ userId })).id)).toMatchObject({
          ...{ userId: null, subjectId: userId },
        })
      },
    )

    test('8.2: a second factor has twenty in a day of its own', async () => {
      const [userId, subject] = [newId(ID_PREFIXES.user), randomBytes(32)]
      await on.exhaust({ userId, subject }, { flow: 'flow' })

      expect(await on.kit.store.countAttempt((await on.open({ userId, subject, flow: 'flow' })).id)).toEqual({
        ...{ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' },
      })
      expect(await on.kit.store.countAttempt((await on.open({ userId })).id)).toMatchObject({ userId })
    })

    test('a right code is not counted as a wrong one', async () => {
      const [subject, userId] = [randomBytes(32), newId(ID_PREFIXES.user)]
      for (let rights = 0; rights <= MAX_WRONG; rights += 1) {
        const { id, digest } = await on.open({ subject, userId })
        expect(await on.kit.store.countAttempt(id)).toMatchObject({ kind: 'counted', userId })
        expect(await on.kit.store.spend(id, digest, SPENT)).not.toBeNull()
      }
    })
  })
}
