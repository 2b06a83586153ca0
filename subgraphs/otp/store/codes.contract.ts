import { randomBytes, randomUUID } from 'node:crypto'
import { ID_PREFIXES, newId, uuidToId } from '../../shared/ids/type-id.js'
import { someActor } from '../../shared/test/requests.js'
import type { CodeStore, NewChallenge } from '../domain/ports.js'
import { CHALLENGE } from '../limits.js'

const SPENT = { action: 'code.spend', outcome: 'SUCCESS', subjectId: null, by: someActor() } as const

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
const RACERS = 100
const MAX_WRONG = 20

export type CodeStoreKit = {
  store: CodeStore
  /** Lets time go by. */
  pass(seconds: number): Promise<void>
  /** What notifications was told. */
  told(): Promise<{ challengeId: string; userId: string; sealedCode: string }[]>
  /** Rows of every kind that are kept. */
  size(): Promise<number>
}

export const someChallenge = (changes: Partial<NewChallenge> = {}): NewChallenge => ({
  id: uuidToId(ID_PREFIXES.challenge, randomUUID()),
  userId: newId(ID_PREFIXES.user),
  purpose: 'EMAIL_VERIFICATION',
  ...{
    channel: 'EMAIL',
    changeId: null,
    addressDigest: null,
    flow: null,
    custom: null,
    texts: null,
    mailbox: null,
    isTold: true,
  },
  subject: randomBytes(32),
  destination: randomBytes(32),
  destinationMasked: 'a•••@e•••.com',
  digest: randomBytes(32),
  sealedCode: 'sealed',
  ...changes,
})

const newCode = () => ({ digest: randomBytes(32), sealedCode: 'sealed again', network: randomBytes(32) })

/** A challenge by SMS, in a prefix and from a network of its own unless told otherwise. */
export const someText = (texts: Partial<NonNullable<NewChallenge['texts']>> = {}): NewChallenge =>
  someChallenge({
    ...{ purpose: 'PHONE_VERIFICATION', channel: 'SMS' },
    texts: { prefix: randomBytes(32), network: randomBytes(32), country: 'DE', ...texts },
  })

const times = <Result>(count: number, act: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, act))

/** What the stores of this contract hold texts to; four fifths are for those that anybody can have sent. */
export const CEILINGS = { perCountry: 50, all: 75 } as const

/** What every CodeStore must do. Each implementation's test calls this with a way to make one. */
export function codeStoreContract(makeKit: () => Promise<CodeStoreKit>) {
  let kit: CodeStoreKit
  beforeEach(async () => {
    kit = await makeKit()
  })

  async function open(changes: Partial<NewChallenge> = {}) {
    const challenge = someChallenge(changes)
    expect(await kit.store.open(challenge)).toMatchObject({ kind: 'sent' })
    return challenge
  }

  /** Opens challenges of one subject, each for a mailbox of its own so that sending is no limit. */
  async function exhaust(
    { subject, userId }: Pick<NewChallenge, 'subject' | 'userId'>,
    changes: Partial<NewChallenge> = {},
  ) {
    const outcomes = []
    for (let tries = 0; tries < MAX_WRONG; tries += CHALLENGE.attempts) {
      const { id } = await open({ subject, userId, ...changes })
      outcomes.push(...(await times(CHALLENGE.attempts, () => kit.store.countAttempt(id))))
    }
    return outcomes
  }

  describe('sending (SECURITY 8.3)', () => {
    test('tells of the code, and when it ends and may be sent again', async () => {
      const challenge = someChallenge()

      const sent = await kit.store.open(challenge)

      expect(sent).toEqual({
        kind: 'sent',
        challengeId: challenge.id,
        destinationMasked: 'a•••@e•••.com',
        expiresAt: expect.any(Date),
        resendAfter: MINUTE,
      })
      expect(await kit.told()).toContainEqual({
        challengeId: challenge.id,
        userId: challenge.userId,
        sealedCode: 'sealed',
      })
    })

    test('tells nobody of a decoy and answers the same', async () => {
      const decoy = someChallenge({ userId: null })

      const sent = await kit.store.open(decoy)

      expect(sent).toMatchObject({ kind: 'sent', resendAfter: MINUTE, expiresAt: expect.any(Date) })
      expect(await kit.told()).not.toContainEqual(expect.objectContaining({ challengeId: decoy.id }))
    })

    test('sends one code a minute to a destination', async () => {
      const { destination } = await open()

      expect(await kit.store.open(someChallenge({ destination }))).toEqual({
        kind: 'refused',
        reason: 'RATE_LIMITED',
        retryAfter: MINUTE,
      })
      await kit.pass(MINUTE)
      expect(await kit.store.open(someChallenge({ destination }))).toMatchObject({ kind: 'sent' })
    })

    test('sends five codes within any hour, and ten within any day', async () => {
      const destination = randomBytes(32)
      const send = () => kit.store.open(someChallenge({ destination }))
      const sendUntilRefused = async () => {
        let sent = 0
        while ((await send()).kind === 'sent') {
          sent += 1
          await kit.pass(2 * MINUTE)
        }
        return sent
      }

      expect(await sendUntilRefused()).toBe(5)
      expect(await send()).toMatchObject({ retryAfter: HOUR - 10 * MINUTE })
      await kit.pass(HOUR - 10 * MINUTE)
      expect(await send()).toMatchObject({ kind: 'sent' }) // the first of the five has left the hour, the second has not
      expect(await send()).toMatchObject({ kind: 'refused' })
      await kit.pass(HOUR)
      expect(await sendUntilRefused()).toBe(4)
      await kit.pass(2 * HOUR)
      expect(await send()).toMatchObject({ kind: 'refused', reason: 'RATE_LIMITED' })
      await kit.pass(DAY)
      expect(await send()).toMatchObject({ kind: 'sent' })
    })

    test('counts destinations apart', async () => {
      await open()
      await expect(kit.store.open(someChallenge())).resolves.toMatchObject({ kind: 'sent' })
    })

    test('sends a challenge again three times, with the tries kept', async () => {
      const { id } = await open()
      await times(2, () => kit.store.countAttempt(id))
      const resendAfters = []

      for (let resends = 0; resends < CHALLENGE.resends; resends += 1) {
        await kit.pass(2 * MINUTE)
        const sent = await kit.store.renew(id, newCode())
        expect(sent).toMatchObject({ kind: 'sent', challengeId: id, destinationMasked: 'a•••@e•••.com' })
        resendAfters.push(sent.kind === 'sent' && sent.resendAfter)
      }
      await kit.pass(2 * MINUTE)

      expect(resendAfters).toEqual([MINUTE, MINUTE, null])
      expect(await kit.store.renew(id, newCode())).toEqual({
        kind: 'refused',
        reason: 'RATE_LIMITED',
        retryAfter: null,
      })
      expect(await kit.store.countAttempt(id)).toMatchObject({ attemptsRemaining: 2 })
      expect((await kit.told()).filter(({ challengeId }) => challengeId === id)).toHaveLength(4)
    })

    test('counts a challenge sent again as a send to its destination', async () => {
      const { id, destination } = await open()

      expect(await kit.store.renew(id, newCode())).toMatchObject({
        reason: 'RATE_LIMITED',
        retryAfter: MINUTE,
      })
      await kit.pass(MINUTE)
      expect(await kit.store.renew(id, newCode())).toMatchObject({ kind: 'sent' })
      expect(await kit.store.open(someChallenge({ destination }))).toMatchObject({ reason: 'RATE_LIMITED' })
    })

    test('does not send again what is spent, out of tries, or unknown', async () => {
      const spent = await open()
      await kit.store.spend(spent.id, spent.digest, SPENT)
      const exhausted = await open()
      await times(CHALLENGE.attempts, () => kit.store.countAttempt(exhausted.id))
      await kit.pass(MINUTE)

      expect(await kit.store.renew(spent.id, newCode())).toMatchObject({ reason: 'EXPIRED' })
      expect(await kit.store.renew(someChallenge().id, newCode())).toMatchObject({ reason: 'EXPIRED' })
      expect(await kit.store.renew(exhausted.id, newCode())).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' })
    })

    test('leaves the telling of a challenge to who asked for it, until it is sent again', async () => {
      const { id } = await open({ isTold: false })
      const told = async () => (await kit.told()).filter(({ challengeId }) => challengeId === id)
      expect(await told()).toEqual([])

      await kit.pass(MINUTE)
      await kit.store.renew(id, newCode())

      expect(await told()).toMatchObject([{ sealedCode: 'sealed again' }])
    })

    test('8.3: a mailbox gets a code a minute, whoever names it, and no answer tells', async () => {
      const [userId, mailbox] = [newId(ID_PREFIXES.user), randomBytes(32)]
      const login = { userId, mailbox, purpose: 'LOGIN' } as const
      const [first, second] = [someChallenge(login), someChallenge(login)]

      const answers = [await kit.store.open(first), await kit.store.open(second)]
      const tries = await Promise.all([first, second].map(({ id }) => kit.store.countAttempt(id)))

      expect(answers).toMatchObject([first, second].map(() => ({ kind: 'sent', resendAfter: MINUTE })))
      expect((await kit.told()).map(({ challengeId }) => challengeId)).toContain(first.id)
      expect((await kit.told()).map(({ challengeId }) => challengeId)).not.toContain(second.id)
      expect(tries).toMatchObject([{ userId }, { userId: null }])
    })

    test('8.1: a newer code ends the older, whoever names its person, and no answer tells', async () => {
      const [userId, mailbox] = [newId(ID_PREFIXES.user), randomBytes(32)]
      const login = { userId, mailbox, purpose: 'LOGIN' } as const
      const older = await open(login)
      await kit.pass(MINUTE)
      const newer = await open(login)

      const tries = await Promise.all([older, newer].map(({ id }) => kit.store.countAttempt(id)))

      expect(tries).toMatchObject([
        { kind: 'counted', userId: null },
        { kind: 'counted', userId },
      ])
    })

    test('8.3: a code sent again is one of its mailbox’s too', async () => {
      const [userId, mailbox] = [newId(ID_PREFIXES.user), randomBytes(32)]
      const login = { userId, mailbox, purpose: 'LOGIN' } as const
      const first = await open(login)
      await kit.pass(MINUTE)
      await kit.store.renew(first.id, newCode())
      const named = await open(login)

      expect((await kit.told()).map(({ challengeId }) => challengeId)).toEqual(
        expect.arrayContaining([first.id]),
      )
      expect(await kit.store.countAttempt(named.id)).toMatchObject({ userId: null })
    })

    test('8.8: ten texts an hour within one prefix, two of them for second factors, and five from one network', async () => {
      const [prefix, network] = [randomBytes(32), randomBytes(32)]
      const sentOf = async (texts: object) => {
        const answers = []
        for (let count = 0; count < 12; count++) answers.push(await kit.store.open(someText(texts)))
        return answers.filter(({ kind }) => kind === 'sent').length
      }

      expect([await sentOf({ prefix }), await sentOf({ network })]).toEqual([8, 5])
      const factors = await times(3, () => kit.store.open({ ...someText({ prefix, network }), flow: 'flow' }))
      expect(factors.filter(({ kind }) => kind === 'sent')).toHaveLength(2)
      const refused = await kit.store.open(someText({ prefix }))
      expect(refused.kind === 'refused' && refused.retryAfter).toBeGreaterThan(HOUR - MINUTE)
      await kit.pass(HOUR)
      expect(await kit.store.open(someText({ prefix, network }))).toMatchObject({ kind: 'sent' })
    })

    test('8.8: a text sent again counts for its prefix and for the network that asks', async () => {
      const [prefix, network] = [randomBytes(32), randomBytes(32)]
      for (let count = 0; count < 4; count++) await kit.store.open(someText({ network }))
      const first = someText({ prefix })
      await kit.store.open(first)
      await kit.pass(MINUTE)

      expect(await kit.store.renew(first.id, { ...newCode(), network })).toMatchObject({ kind: 'sent' })
      await kit.pass(MINUTE)
      expect(await kit.store.renew(first.id, { ...newCode(), network })).toMatchObject({
        reason: 'RATE_LIMITED',
      })
    })

    test('8.8: asking again and again for one number uses up nothing of its prefix', async () => {
      const text = someText()
      await times(RACERS, () => kit.store.open({ ...text, id: someText().id }))

      expect(await kit.store.open(someText(text.texts ?? {}))).toMatchObject({ kind: 'sent' })
    })

    test('8.8: so many texts an hour to one country, and so many in all; a decoy is one of them', async () => {
      const sentTo = async (country: string) => {
        const answers = await times(CEILINGS.all, () =>
          kit.store.open({ ...someText({ country }), userId: null }),
        )
        return answers.filter(({ kind }) => kind === 'sent').length
      }

      expect([await sentTo('DE'), await sentTo('FR'), await sentTo('IT')]).toEqual([40, 20, 0])
      const factors = await times(CEILINGS.all, () => kit.store.open({ ...someText(), flow: 'flow' }))
      expect(factors.filter(({ kind }) => kind === 'sent')).toHaveLength(10)
      expect(await kit.store.open(someText())).toEqual({
        kind: 'refused',
        reason: 'RATE_LIMITED',
        retryAfter: expect.any(Number),
      })
      expect(await kit.store.open(someChallenge())).toMatchObject({ kind: 'sent' })
      await kit.pass(HOUR)
      expect(await kit.store.open(someText())).toMatchObject({ kind: 'sent' })
    })

    test('8.3: three texts an hour to a number and six a day are anybody’s; two and four more are for second factors', async () => {
      const destination = randomBytes(32)
      const ofFlow = { flow: 'flow', subject: randomBytes(32) }
      const sendUntilRefused = async (changes: Partial<NewChallenge> = {}) => {
        for (let sent = 0; ; sent += 1) {
          const answer = await kit.store.open({ ...someText(), destination, ...changes })
          if (answer.kind !== 'sent') return [sent, answer.retryAfter]
          await kit.pass(2 * MINUTE)
        }
      }

      expect(await sendUntilRefused()).toEqual([3, HOUR - 6 * MINUTE])
      expect(await sendUntilRefused(ofFlow)).toEqual([2, HOUR - 10 * MINUTE])
      await kit.pass(HOUR)
      expect(await sendUntilRefused()).toEqual([1, DAY - HOUR - 12 * MINUTE])
      expect((await sendUntilRefused(ofFlow))[0]).toBe(4)
      await kit.pass(HOUR)
      expect((await sendUntilRefused(ofFlow))[0]).toBe(0)
    })

    test('8.8: second factors of one person are five an hour, sent again too, and from one network any number', async () => {
      const [network, subject] = [randomBytes(32), randomBytes(32)]
      const text = () => ({ ...someText({ network }), flow: 'flow' })
      const first = { ...text(), subject }
      await kit.store.open(first)
      await kit.pass(MINUTE)
      const again = await kit.store.renew(first.id, { ...newCode(), network })
      for (let count = 0; count < 3; count++) await kit.store.open({ ...text(), subject })

      expect(again).toMatchObject({ kind: 'sent' })
      expect(await kit.store.open({ ...text(), subject })).toMatchObject({ reason: 'RATE_LIMITED' })
      expect(await times(6, () => kit.store.open(text()))).toMatchObject(Array(6).fill({ kind: 'sent' }))
    })

    test('8.8: a text that a ceiling refuses uses up nothing of its number', async () => {
      await times(CEILINGS.all, () => kit.store.open(someText()))
      const text = someText()

      expect(await kit.store.open(text)).toMatchObject({ reason: 'RATE_LIMITED' })
      await kit.pass(HOUR - 1)
      expect(await kit.store.open(text)).toMatchObject({ retryAfter: 1 })
      await kit.pass(1)
      expect(await kit.store.open(text)).toMatchObject({ kind: 'sent' })
    })

    test('8.8: a text sent again is one of its country, and so is one of staff, who have fifty an hour', async () => {
      const [staff, first] = [randomBytes(32), someText({ country: 'FR' })]
      const text = () => ({ destination: randomBytes(32), prefix: randomBytes(32), country: 'FR', staff })
      const counted = async (count: number) =>
        (await times(count, () => kit.store.takeText(text()))).filter(({ kind }) => kind === 'counted').length
      await kit.store.open(first)

      expect(await counted(38)).toBe(38)
      await kit.pass(MINUTE)
      expect(await kit.store.renew(first.id, newCode())).toMatchObject({ kind: 'sent' })
      await kit.pass(MINUTE)
      expect(await kit.store.renew(first.id, newCode())).toMatchObject({ reason: 'RATE_LIMITED' })
      expect(await kit.store.takeText(text())).toMatchObject({
        reason: 'RATE_LIMITED',
        retryAfter: HOUR - 2 * MINUTE,
      })
      expect(
        (await times(15, () => kit.store.takeText({ ...text(), country: 'IT' }))).filter(
          ({ kind }) => kind === 'counted',
        ),
      ).toHaveLength(12) // what its country refused has used up nothing of them
    })

    test('8.8: knows what became of the latest texts, by whoever they were asked', async () => {
      const outcomes = () => kit.store.textOutcomes(3)
      expect(await outcomes()).toEqual({ sent: 0, verified: 0, isRecent: false })
      const opened = [someText(), someText(), someText(), someText(), { ...someText(), userId: null }]
      for (const text of opened) {
        await kit.store.open(text)
        await kit.pass(1)
      }
      const [oldest, second, third] = opened
      for (const text of [oldest, third])
        await kit.store.spend(text?.id ?? '', text?.digest ?? new Uint8Array(), SPENT)
      await kit.pass(MINUTE)
      await kit.store.renew(second?.id ?? '', newCode())
      expect(await outcomes()).toMatchObject({ sent: 0 })

      await kit.pass(5 * MINUTE)

      expect(await outcomes()).toEqual({ sent: 4, verified: 1, isRecent: true })
      await kit.pass(HOUR)
      expect(await outcomes()).toMatchObject({ isRecent: false })
    })

    test('lets one of many racing sends through', async () => {
      const destination = randomBytes(32)

      const sends = await times(RACERS, () => kit.store.open(someChallenge({ destination })))
      const { id } = await open()
      await kit.pass(MINUTE)
      const renewals = await times(RACERS, () => kit.store.renew(id, newCode()))

      expect(sends.filter(({ kind }) => kind === 'sent')).toHaveLength(1)
      expect(renewals.filter(({ kind }) => kind === 'sent')).toHaveLength(1)
    })
  })

  describe('trying (SECURITY 8.1, 8.2)', () => {
    test('8.1: hands out what its grant is to be bound to', async () => {
      const { id, addressDigest, changeId, flow, custom } = await open({
        ...{ addressDigest: 'address', changeId: newId(ID_PREFIXES.contactChange), flow: 'flow' },
        custom: { action: 'orders:pay-out', audience: 'orders' },
      })

      expect(await kit.store.countAttempt(id)).toMatchObject({ addressDigest, changeId, flow, custom })
    })

    test('hands out the digest with each of five tries, and no more', async () => {
      const { id, digest, userId } = await open()

      const first = await kit.store.countAttempt(id)
      const rest = await times(RACERS, () => kit.store.countAttempt(id))

      expect(first).toMatchObject({ kind: 'counted', userId, attemptsRemaining: CHALLENGE.attempts - 1 })
      expect(first.kind === 'counted' && Buffer.from(first.digest)).toEqual(Buffer.from(digest))
      expect(rest.filter(({ kind }) => kind === 'counted')).toHaveLength(CHALLENGE.attempts - 1)
      expect(await kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' })
    })

    test('ends after five minutes', async () => {
      const { id, digest } = await open()
      await kit.pass(5 * MINUTE - 5)
      expect(await kit.store.countAttempt(id)).toMatchObject({ kind: 'counted' })

      await kit.pass(5)

      expect(await kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
      expect(await kit.store.spend(id, digest, SPENT)).toBeNull()
    })

    test('is spent by exactly one of many racing callers', async () => {
      const { id, digest } = await open()
      await kit.store.countAttempt(id)

      const outcomes = await times(RACERS, () => kit.store.spend(id, digest, SPENT))

      expect(outcomes.filter(Boolean)).toEqual([{ spentAt: expect.any(Date) }])
      expect(await kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    })

    test('never spends a decoy, even with its own digest', async () => {
      const { id, digest } = await open({ userId: null })

      expect(await kit.store.spend(id, digest, SPENT)).toBeNull()
    })

    test('a code sent again ends the code before it, also between its try and its spending', async () => {
      const { id, digest } = await open()
      await kit.store.countAttempt(id)
      await kit.pass(MINUTE)
      const fresh = newCode()
      await kit.store.renew(id, fresh)

      expect(await kit.store.spend(id, digest, SPENT)).toBeNull()
      expect(await kit.store.spend(id, fresh.digest, SPENT)).toMatchObject({ spentAt: expect.any(Date) })
    })

    test('a newer challenge of the same subject ends the one before', async () => {
      const { id, subject, digest } = await open()
      const stranger = await open()
      await open({ subject })

      expect(await kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
      expect(await kit.store.spend(id, digest, SPENT)).toBeNull()
      expect(await kit.store.renew(id, newCode())).toMatchObject({ reason: 'EXPIRED' })
      expect(await kit.store.countAttempt(stranger.id)).toMatchObject({ kind: 'counted' })
    })

    test('knows nothing of an unknown challenge', async () => {
      expect(await kit.store.countAttempt(someChallenge().id)).toEqual({ kind: 'refused', reason: 'EXPIRED' })
    })
  })

  describe('wrong codes of one account (SECURITY 8.2)', () => {
    test.each([
      ['an account', newId(ID_PREFIXES.user)],
      ['a decoy', null],
    ])('allows twenty in a day over all challenges of %s', async (_, userId) => {
      const subject = randomBytes(32)
      const outcomes = await exhaust({ subject, userId })
      const { id } = await open({ subject, userId })

      expect(outcomes.every(({ kind }) => kind === 'counted')).toBe(true)
      expect(await kit.store.countAttempt(id)).toEqual({ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' })
      await kit.pass(DAY)
      const later = await open({ subject, userId })
      expect(await kit.store.countAttempt(later.id)).toMatchObject({ kind: 'counted' })
    })

    test('allows twenty in a day of one person, by whatever they are named, and no answer tells', async () => {
      const userId = newId(ID_PREFIXES.user)
      const tries = []
      for (let count = 0; count < MAX_WRONG; count += CHALLENGE.attempts) {
        const { id } = await open({ userId })
        tries.push(...(await times(CHALLENGE.attempts, () => kit.store.countAttempt(id))))
      }
      const other = await open({ userId })
      const [decoy, stranger] = [await open({ userId: null }), await open()]

      expect(tries).toMatchObject(tries.map(() => ({ kind: 'counted', userId })))
      const [last, ...others] = await Promise.all(
        [other, decoy, stranger].map(({ id }) => kit.store.countAttempt(id)),
      )
      expect(last).toMatchObject({ kind: 'counted', userId: null, attemptsRemaining: CHALLENGE.attempts - 1 })
      expect(others).toMatchObject([{ userId: null }, { userId: stranger.userId }])
      await kit.pass(DAY)
      expect(await kit.store.countAttempt((await open({ userId })).id)).toMatchObject({ userId })
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
        await exhaust(first)
        const theirs = await open({ ...other, ...own })

        expect(await kit.store.countAttempt(theirs.id)).toMatchObject({ userId, subjectId: userId })
        expect(await kit.store.spend(theirs.id, theirs.digest, SPENT)).not.toBeNull()
        expect(await kit.store.countAttempt((await open({ userId })).id)).toMatchObject({
          ...{ userId: null, subjectId: userId },
        })
      },
    )

    test('8.2: a second factor has twenty in a day of its own', async () => {
      const [userId, subject] = [newId(ID_PREFIXES.user), randomBytes(32)]
      await exhaust({ userId, subject }, { flow: 'flow' })

      expect(await kit.store.countAttempt((await open({ userId, subject, flow: 'flow' })).id)).toEqual({
        ...{ kind: 'refused', reason: 'TOO_MANY_ATTEMPTS' },
      })
      expect(await kit.store.countAttempt((await open({ userId })).id)).toMatchObject({ userId })
    })

    test('a right code is not counted as a wrong one', async () => {
      const [subject, userId] = [randomBytes(32), newId(ID_PREFIXES.user)]
      for (let rights = 0; rights <= MAX_WRONG; rights += 1) {
        const { id, digest } = await open({ subject, userId })
        expect(await kit.store.countAttempt(id)).toMatchObject({ kind: 'counted', userId })
        expect(await kit.store.spend(id, digest, SPENT)).not.toBeNull()
      }
    })
  })

  test('forgets what has been over for a day (SECURITY 12.5)', async () => {
    const before = await kit.size()
    const spent = await open()
    await kit.store.countAttempt(spent.id)
    await kit.store.spend(spent.id, spent.digest, SPENT)
    const expired = await open()
    await kit.store.countAttempt(expired.id)

    await kit.store.deleteOld()
    expect(await kit.size()).toBeGreaterThan(before)
    await kit.pass(DAY + 6 * MINUTE)
    await kit.store.deleteOld()

    expect(await kit.size()).toBe(0)
  })
}
