import { ID_PREFIXES, newId } from '../../shared/ids/type-id.js'
import type { CredentialStore } from '../domain/ports.js'

const RACERS = 50
const ROUNDS = 20

export type CredentialsUnderTest = {
  credentials: CredentialStore
  /** What `user.registered` does. */
  claim(registered: { userId: string; replacedUserId: string | null }): Promise<boolean>
  /** More than 60 s for every credential. */
  letTimePass(): Promise<void>
}

const FIRST = { phc: 'first', pepperVersion: 1 }
const SECOND = { phc: 'second', pepperVersion: 2 }
const newUserId = () => newId(ID_PREFIXES.user)

/** What the credentials must do. Each implementation's test calls this with a way to make them. */
export function credentialsContract(make: () => CredentialsUnderTest) {
  async function unclaimed(userId = newUserId()) {
    const parts = make()
    await parts.credentials.insertUnclaimed(userId, FIRST)
    return { ...parts, userId }
  }

  async function claimed() {
    const parts = await unclaimed()
    await parts.claim({ userId: parts.userId, replacedUserId: null })
    return parts
  }

  test('a credential counts before its event comes: only an existing account is ever asked about', async () => {
    const { credentials, userId } = await unclaimed()

    expect(await credentials.find(userId)).toMatchObject(FIRST)
    expect(await credentials.findStates([userId])).toMatchObject([{ userId, isSet: true }])
  })

  test('a claimed credential is found and shown', async () => {
    const { credentials, userId } = await claimed()

    expect(await credentials.find(userId)).toMatchObject(FIRST)
    expect(await credentials.findStates([userId])).toEqual([
      { userId, isSet: true, changedAt: expect.any(Date), mustChange: false, knownBreachedAt: null },
    ])
  })

  test.each([
    ['nobody', null],
    ['a stranger', newUserId()],
    ['what is no id', 'usr_none'],
  ])('finds nothing for %s', async (_, userId) => {
    const { credentials } = await claimed()

    expect(await credentials.find(userId)).toBeNull()
  })

  test('shows each of many people asked about once, and leaves out who has no password', async () => {
    const [ada, bob] = [await claimed(), await claimed()]

    const states = await ada.credentials.findStates([ada.userId, newUserId(), ada.userId, 'usr_none'])

    expect(states.map(({ userId }) => userId)).toEqual([ada.userId])
    expect(await bob.credentials.findStates([])).toEqual([])
  })

  test('stores once more what was not claimed yet, and never over what was', async () => {
    const { credentials, claim, userId } = await unclaimed()

    await credentials.insertUnclaimed(userId, SECOND)
    await claim({ userId, replacedUserId: null })

    await expect(credentials.insertUnclaimed(userId, FIRST)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await credentials.find(userId)).toMatchObject(SECOND)
  })

  test('a claim deletes the credential of the account it replaced, claimed or not (SECURITY 9.8)', async () => {
    const old = await claimed()
    const { credentials, claim, userId } = await unclaimed()

    expect(await claim({ userId, replacedUserId: old.userId })).toBe(true)

    expect(await credentials.find(old.userId)).toBeNull()
    expect(await claim({ userId: old.userId, replacedUserId: null })).toBe(false)
  })

  test('only an unclaimed credential becomes overdue, and only after its time', async () => {
    const { credentials, letTimePass, userId } = await unclaimed()
    const ada = await claimed()
    expect(await credentials.listOverdue(1000)).not.toContain(userId)

    await letTimePass()

    const overdue = await credentials.listOverdue(1000)
    expect(overdue).toContain(userId)
    expect(overdue).not.toContain(ada.userId)
    expect(await credentials.listOverdue(1)).toHaveLength(1)
  })

  test('settles what is overdue, and nothing else', async () => {
    const [young, ada] = [newUserId(), await claimed()]
    const [late, orphan] = [await unclaimed(), await unclaimed()]
    const { credentials, claim } = late
    await late.letTimePass()
    await credentials.insertUnclaimed(young, FIRST)

    const { settled } = await credentials.settleOverdue({
      existing: [late.userId],
      missing: [orphan.userId, young, ada.userId],
    })

    expect(settled).toBe(2)
    expect(await credentials.find(late.userId)).toMatchObject(FIRST)
    expect(await claim({ userId: orphan.userId, replacedUserId: null })).toBe(false)
    expect(await claim({ userId: young, replacedUserId: null })).toBe(true)
    expect(await credentials.find(ada.userId)).toMatchObject(FIRST)
  })

  test('of 50 racing rehashes one takes effect (SECURITY 14.4)', async () => {
    const { credentials, userId } = await claimed()
    const race = (from: string, to: string) =>
      Promise.all(racers(() => credentials.replaceHash(userId, { from, to: { phc: to, pepperVersion: 2 } })))

    for (let round = 0; round < ROUNDS; round += 1) {
      const from = (await credentials.find(userId))?.phc ?? ''
      const replaced = await race(from, `round ${round}`)
      expect(replaced.filter(Boolean)).toHaveLength(1)
      expect(await race(from, 'too late')).not.toContain(true)
    }
  })

  // A sweep that asked before the account was committed, against its claim: whoever is first decides for all.
  test('50 racing claims and sweeps leave one truth (SECURITY 13.3, 14.4)', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { credentials, claim, letTimePass, userId } = await unclaimed()
      await letTimePass()
      const claims: boolean[] = []
      const sweeps: number[] = []

      await Promise.all(
        racers(async (racer) => {
          // By turns one claim, five and half of all: a pool lets many claims in before any sweep.
          const isClaim = racer % ([RACERS, 10, 2][round % 3] ?? 2) === 0
          if (isClaim) claims.push(await claim({ userId, replacedUserId: null }))
          else sweeps.push((await credentials.settleOverdue({ existing: [], missing: [userId] })).settled)
        }),
      )

      const isThere = (await credentials.find(userId)) !== null
      const swept = sweeps.reduce((sum, settled) => sum + settled, 0)
      expect(new Set(claims)).toEqual(new Set([isThere]))
      expect(swept).toBe(isThere ? 0 : 1)
    }
  })

  test('50 racing claims, sweeps and deletes of a replaced account leave the new one alone (SECURITY 9.8)', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const old = await unclaimed()
      const { credentials, claim, letTimePass, userId } = await unclaimed()
      await letTimePass()
      const deeds = [
        () => claim({ userId: old.userId, replacedUserId: null }),
        () => claim({ userId, replacedUserId: old.userId }),
        () => credentials.settleOverdue({ existing: [userId], missing: [old.userId] }),
        () => credentials.settleOverdue({ existing: [old.userId, userId], missing: [] }),
      ]

      await Promise.all(racers((racer) => deeds[racer % deeds.length]?.()))

      expect(await credentials.find(userId)).toMatchObject(FIRST)
      expect(await credentials.find(old.userId)).toBeNull()
      expect(await credentials.listOverdue(1000)).not.toContain(old.userId)
    }
  })
}

const racers = <Outcome>(run: (racer: number) => Outcome) =>
  Array.from({ length: RACERS }, (_, racer) => run(racer))
