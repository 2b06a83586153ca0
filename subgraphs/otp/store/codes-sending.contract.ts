import { randomBytes } from 'node:crypto'
import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import { CHALLENGE } from '../limits.js'
import {
  DAY,
  HOUR,
  MINUTE,
  nearly,
  newCode,
  type OnCodeStore,
  RACERS,
  SPENT,
  someChallenge,
  times,
} from './codes-kit.js'

/** How often a code is sent, and what ends an older one. */
export function sendingContract(on: OnCodeStore) {
  describe('sending (SECURITY 8.3)', () => {
    test('tells of the code, and when it ends and may be sent again', async () => {
      const challenge = someChallenge()

      const sent = await on.kit.store.open(challenge)

      expect(sent).toEqual({
        kind: 'sent',
        challengeId: challenge.id,
        destinationMasked: 'a•••@e•••.com',
        expiresAt: expect.any(Date),
        resendAfter: MINUTE,
      })
      expect(await on.kit.told()).toContainEqual({
        challengeId: challenge.id,
        userId: challenge.userId,
        sealedCode: 'sealed',
      })
    })

    test('tells nobody of a decoy and answers the same', async () => {
      const decoy = someChallenge({ userId: null })

      const sent = await on.kit.store.open(decoy)

      expect(sent).toMatchObject({ kind: 'sent', resendAfter: MINUTE, expiresAt: expect.any(Date) })
      expect(await on.kit.told()).not.toContainEqual(expect.objectContaining({ challengeId: decoy.id }))
    })

    test('sends one code a minute to a destination', async () => {
      const { destination } = await on.open()

      expect(await on.kit.store.open(someChallenge({ destination }))).toEqual({
        kind: 'refused',
        reason: 'RATE_LIMITED',
        retryAfter: nearly(MINUTE),
      })
      await on.kit.pass(MINUTE)
      expect(await on.kit.store.open(someChallenge({ destination }))).toMatchObject({ kind: 'sent' })
    })

    test('sends five codes within any hour, and ten within any day', async () => {
      const destination = randomBytes(32)
      const send = () => on.kit.store.open(someChallenge({ destination }))
      const sendUntilRefused = async () => {
        let sent = 0
        while ((await send()).kind === 'sent') {
          sent += 1
          await on.kit.pass(2 * MINUTE)
        }
        return sent
      }

      expect(await sendUntilRefused()).toBe(5)
      expect(await send()).toMatchObject({ retryAfter: nearly(HOUR - 10 * MINUTE) })
      await on.kit.pass(HOUR - 10 * MINUTE)
      expect(await send()).toMatchObject({ kind: 'sent' }) // the first of the five has left the hour, the second has not
      expect(await send()).toMatchObject({ kind: 'refused' })
      await on.kit.pass(HOUR)
      expect(await sendUntilRefused()).toBe(4)
      await on.kit.pass(2 * HOUR)
      expect(await send()).toMatchObject({ kind: 'refused', reason: 'RATE_LIMITED' })
      await on.kit.pass(DAY)
      expect(await send()).toMatchObject({ kind: 'sent' })
    })

    test('counts destinations apart', async () => {
      await on.open()
      await expect(on.kit.store.open(someChallenge())).resolves.toMatchObject({ kind: 'sent' })
    })

    test('sends a challenge again three times, with the tries kept', async () => {
      const { id } = await on.open()
      await times(2, () => on.kit.store.countAttempt(id))
      const resendAfters = []

      for (let resends = 0; resends < CHALLENGE.resends; resends += 1) {
        await on.kit.pass(2 * MINUTE)
        const sent = await on.kit.store.renew(id, newCode())
        expect(sent).toMatchObject({ kind: 'sent', challengeId: id, destinationMasked: 'a•••@e•••.com' })
        resendAfters.push(sent.kind === 'sent' && sent.resendAfter)
      }
      await on.kit.pass(2 * MINUTE)

      expect(resendAfters).toEqual([MINUTE, MINUTE, null])
      expect(await on.kit.store.renew(id, newCode())).toEqual({
        kind: 'refused',
        reason: 'RATE_LIMITED',
        retryAfter: null,
      })
      expect(await on.kit.store.countAttempt(id)).toMatchObject({ attemptsRemaining: 2 })
      expect((await on.kit.told()).filter(({ challengeId }) => challengeId === id)).toHaveLength(4)
    })

    test('counts a challenge sent again as a send to its destination', async () => {
      const { id, destination } = await on.open()

      expect(await on.kit.store.renew(id, newCode())).toMatchObject({
        reason: 'RATE_LIMITED',
        retryAfter: nearly(MINUTE),
      })
      await on.kit.pass(MINUTE)
      expect(await on.kit.store.renew(id, newCode())).toMatchObject({ kind: 'sent' })
      expect(await on.kit.store.open(someChallenge({ destination }))).toMatchObject({
        reason: 'RATE_LIMITED',
      })
    })

    test('does not send again what is spent, out of tries, or unknown', async () => {
      const spent = await on.open()
      await on.kit.store.spend(spent.id, spent.digest, SPENT)
      const exhausted = await on.open()
      await times(CHALLENGE.attempts, () => on.kit.store.countAttempt(exhausted.id))
      await on.kit.pass(MINUTE)

      expect(await on.kit.store.renew(spent.id, newCode())).toMatchObject({ reason: 'EXPIRED' })
      expect(await on.kit.store.renew(someChallenge().id, newCode())).toMatchObject({ reason: 'EXPIRED' })
      expect(await on.kit.store.renew(exhausted.id, newCode())).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' })
    })

    test('leaves the telling of a challenge to who asked for it, until it is sent again', async () => {
      const { id } = await on.open({ isTold: false })
      const told = async () => (await on.kit.told()).filter(({ challengeId }) => challengeId === id)
      expect(await told()).toEqual([])

      await on.kit.pass(MINUTE)
      await on.kit.store.renew(id, newCode())

      expect(await told()).toMatchObject([{ sealedCode: 'sealed again' }])
    })

    test('8.3: a mailbox gets a code a minute, whoever names it, and no answer tells', async () => {
      const [userId, mailbox] = [newId(ID_PREFIXES.user), randomBytes(32)]
      const login = { userId, mailbox, purpose: 'LOGIN' } as const
      const [first, second] = [someChallenge(login), someChallenge(login)]

      const answers = [await on.kit.store.open(first), await on.kit.store.open(second)]
      const tries = await Promise.all([first, second].map(({ id }) => on.kit.store.countAttempt(id)))

      expect(answers).toMatchObject([first, second].map(() => ({ kind: 'sent', resendAfter: MINUTE })))
      expect((await on.kit.told()).map(({ challengeId }) => challengeId)).toContain(first.id)
      expect((await on.kit.told()).map(({ challengeId }) => challengeId)).not.toContain(second.id)
      expect(tries).toMatchObject([{ userId }, { userId: null }])
    })

    test('8.1: a newer code ends the older, whoever names its person, and no answer tells', async () => {
      const [userId, mailbox] = [newId(ID_PREFIXES.user), randomBytes(32)]
      const login = { userId, mailbox, purpose: 'LOGIN' } as const
      const older = await on.open(login)
      await on.kit.pass(MINUTE)
      const newer = await on.open(login)

      const tries = await Promise.all([older, newer].map(({ id }) => on.kit.store.countAttempt(id)))

      expect(tries).toMatchObject([
        { kind: 'counted', userId: null },
        { kind: 'counted', userId },
      ])
    })

    test('8.3: a code sent again is one of its mailbox’s too', async () => {
      const [userId, mailbox] = [newId(ID_PREFIXES.user), randomBytes(32)]
      const login = { userId, mailbox, purpose: 'LOGIN' } as const
      const first = await on.open(login)
      await on.kit.pass(MINUTE)
      await on.kit.store.renew(first.id, newCode())
      const named = await on.open(login)

      expect((await on.kit.told()).map(({ challengeId }) => challengeId)).toEqual(
        expect.arrayContaining([first.id]),
      )
      expect(await on.kit.store.countAttempt(named.id)).toMatchObject({ userId: null })
    })

    test('lets one of many racing sends through', async () => {
      const destination = randomBytes(32)

      const sends = await times(RACERS, () => on.kit.store.open(someChallenge({ destination })))
      const { id } = await on.open()
      await on.kit.pass(MINUTE)
      const renewals = await times(RACERS, () => on.kit.store.renew(id, newCode()))

      expect(sends.filter(({ kind }) => kind === 'sent')).toHaveLength(1)
      expect(renewals.filter(({ kind }) => kind === 'sent')).toHaveLength(1)
    })
  })
}
