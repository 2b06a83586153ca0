import { randomBytes } from 'node:crypto'
import type { NewChallenge } from '../domain/ports.js'
import {
  CEILINGS,
  DAY,
  HOUR,
  MINUTE,
  nearly,
  newCode,
  type OnCodeStore,
  RACERS,
  SPENT,
  someChallenge,
  someText,
  times,
} from './codes-kit.js'

/** What keeps texts from being somebody's income. */
export function textsContract(on: OnCodeStore) {
  describe('texts (SECURITY 8.3, 8.8)', () => {
    test('8.8: ten texts an hour within one prefix, two of them for second factors, and five from one network', async () => {
      const [prefix, network] = [randomBytes(32), randomBytes(32)]
      const sentOf = async (texts: object) => {
        const answers = []
        for (let count = 0; count < 12; count++) answers.push(await on.kit.store.open(someText(texts)))
        return answers.filter(({ kind }) => kind === 'sent').length
      }

      expect([await sentOf({ prefix }), await sentOf({ network })]).toEqual([8, 5])
      const factors = await times(3, () =>
        on.kit.store.open({ ...someText({ prefix, network }), flow: 'flow' }),
      )
      expect(factors.filter(({ kind }) => kind === 'sent')).toHaveLength(2)
      const refused = await on.kit.store.open(someText({ prefix }))
      expect(refused.kind === 'refused' && refused.retryAfter).toBeGreaterThan(HOUR - MINUTE)
      await on.kit.pass(HOUR)
      expect(await on.kit.store.open(someText({ prefix, network }))).toMatchObject({ kind: 'sent' })
    })

    test('8.8: a text sent again counts for its prefix and for the network that asks', async () => {
      const [prefix, network] = [randomBytes(32), randomBytes(32)]
      for (let count = 0; count < 4; count++) await on.kit.store.open(someText({ network }))
      const first = someText({ prefix })
      await on.kit.store.open(first)
      await on.kit.pass(MINUTE)

      expect(await on.kit.store.renew(first.id, { ...newCode(), network })).toMatchObject({ kind: 'sent' })
      await on.kit.pass(MINUTE)
      expect(await on.kit.store.renew(first.id, { ...newCode(), network })).toMatchObject({
        reason: 'RATE_LIMITED',
      })
    })

    test('8.8: asking again and again for one number uses up nothing of its prefix', async () => {
      const text = someText()
      await times(RACERS, () => on.kit.store.open({ ...text, id: someText().id }))

      expect(await on.kit.store.open(someText(text.texts ?? {}))).toMatchObject({ kind: 'sent' })
    })

    test('8.8: so many texts an hour to one country, and so many in all; a decoy is one of them', async () => {
      const sentTo = async (country: string) => {
        const answers = await times(CEILINGS.all, () =>
          on.kit.store.open({ ...someText({ country }), userId: null }),
        )
        return answers.filter(({ kind }) => kind === 'sent').length
      }

      expect([await sentTo('DE'), await sentTo('FR'), await sentTo('IT')]).toEqual([40, 20, 0])
      const factors = await times(CEILINGS.all, () => on.kit.store.open({ ...someText(), flow: 'flow' }))
      expect(factors.filter(({ kind }) => kind === 'sent')).toHaveLength(10)
      expect(await on.kit.store.open(someText())).toEqual({
        kind: 'refused',
        reason: 'RATE_LIMITED',
        retryAfter: expect.any(Number),
      })
      expect(await on.kit.store.open(someChallenge())).toMatchObject({ kind: 'sent' })
      await on.kit.pass(HOUR)
      expect(await on.kit.store.open(someText())).toMatchObject({ kind: 'sent' })
    })

    test('8.3: three texts an hour to a number and six a day are anybody’s; two and four more are for second factors', async () => {
      const destination = randomBytes(32)
      const ofFlow = { flow: 'flow', subject: randomBytes(32) }
      const sendUntilRefused = async (changes: Partial<NewChallenge> = {}) => {
        for (let sent = 0; ; sent += 1) {
          const answer = await on.kit.store.open({ ...someText(), destination, ...changes })
          if (answer.kind !== 'sent') return [sent, answer.retryAfter]
          await on.kit.pass(2 * MINUTE)
        }
      }

      expect(await sendUntilRefused()).toEqual([3, nearly(HOUR - 6 * MINUTE)])
      expect(await sendUntilRefused(ofFlow)).toEqual([2, nearly(HOUR - 10 * MINUTE)])
      await on.kit.pass(HOUR)
      expect(await sendUntilRefused()).toEqual([1, nearly(DAY - HOUR - 12 * MINUTE)])
      expect((await sendUntilRefused(ofFlow))[0]).toBe(4)
      await on.kit.pass(HOUR)
      expect((await sendUntilRefused(ofFlow))[0]).toBe(0)
    })

    test('8.8: second factors of one person are five an hour, sent again too, and from one network any number', async () => {
      const [network, subject] = [randomBytes(32), randomBytes(32)]
      const text = () => ({ ...someText({ network }), flow: 'flow' })
      const first = { ...text(), subject }
      await on.kit.store.open(first)
      await on.kit.pass(MINUTE)
      const again = await on.kit.store.renew(first.id, { ...newCode(), network })
      for (let count = 0; count < 3; count++) await on.kit.store.open({ ...text(), subject })

      expect(again).toMatchObject({ kind: 'sent' })
      expect(await on.kit.store.open({ ...text(), subject })).toMatchObject({ reason: 'RATE_LIMITED' })
      expect(await times(6, () => on.kit.store.open(text()))).toMatchObject(Array(6).fill({ kind: 'sent' }))
    })

    test('8.8: a text that a ceiling refuses uses up nothing of its number', async () => {
      await times(CEILINGS.all, () => on.kit.store.open(someText()))
      const text = someText()

      expect(await on.kit.store.open(text)).toMatchObject({ reason: 'RATE_LIMITED' })
      await on.kit.pass(HOUR - MINUTE)
      expect(await on.kit.store.open(text)).toMatchObject({ retryAfter: nearly(MINUTE) })
      await on.kit.pass(MINUTE)
      expect(await on.kit.store.open(text)).toMatchObject({ kind: 'sent' })
    })

    test('8.8: a text sent again is one of its country, and so is one of staff, who have fifty an hour', async () => {
      const [staff, first] = [randomBytes(32), someText({ country: 'FR' })]
      const text = () => ({ destination: randomBytes(32), prefix: randomBytes(32), country: 'FR', staff })
      const counted = async (count: number) =>
        (await times(count, () => on.kit.store.takeText(text()))).filter(({ kind }) => kind === 'counted')
          .length
      await on.kit.store.open(first)

      expect(await counted(38)).toBe(38)
      await on.kit.pass(MINUTE)
      expect(await on.kit.store.renew(first.id, newCode())).toMatchObject({ kind: 'sent' })
      await on.kit.pass(MINUTE)
      expect(await on.kit.store.renew(first.id, newCode())).toMatchObject({ reason: 'RATE_LIMITED' })
      expect(await on.kit.store.takeText(text())).toMatchObject({
        reason: 'RATE_LIMITED',
        retryAfter: nearly(HOUR - 2 * MINUTE),
      })
      expect(
        (await times(15, () => on.kit.store.takeText({ ...text(), country: 'IT' }))).filter(
          ({ kind }) => kind === 'counted',
        ),
      ).toHaveLength(12) // what its country refused has used up nothing of them
    })

    test('8.8: knows what became of the latest texts, by whoever they were asked', async () => {
      const outcomes = () => on.kit.store.textOutcomes(3)
      expect(await outcomes()).toEqual({ sent: 0, verified: 0, isRecent: false })
      const opened = [someText(), someText(), someText(), someText(), { ...someText(), userId: null }]
      for (const text of opened) {
        await on.kit.store.open(text)
        await on.kit.pass(1)
      }
      const [oldest, second, third] = opened
      for (const text of [oldest, third])
        await on.kit.store.spend(text?.id ?? '', text?.digest ?? new Uint8Array(), SPENT)
      await on.kit.pass(MINUTE)
      await on.kit.store.renew(second?.id ?? '', newCode())
      expect(await outcomes()).toMatchObject({ sent: 0 })

      await on.kit.pass(5 * MINUTE)

      expect(await outcomes()).toEqual({ sent: 4, verified: 1, isRecent: true })
      await on.kit.pass(HOUR)
      expect(await outcomes()).toMatchObject({ isRecent: false })
    })
  })
}
