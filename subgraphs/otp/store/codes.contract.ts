import { type CodeStoreKit, DAY, MINUTE, SPENT, useCodeStore } from './codes-kit.js'
import { sendingContract } from './codes-sending.contract.js'
import { textsContract } from './codes-texts.contract.js'
import { tryingContract } from './codes-trying.contract.js'

/** What every CodeStore must do. Each implementation's test calls this with a way to make one. */
export function codeStoreContract(makeKit: () => Promise<CodeStoreKit>) {
  const on = useCodeStore(makeKit)

  sendingContract(on)
  textsContract(on)
  tryingContract(on)

  test('forgets what has been over for a day (SECURITY 12.5)', async () => {
    const before = await on.kit.size()
    const spent = await on.open()
    await on.kit.store.countAttempt(spent.id)
    await on.kit.store.spend(spent.id, spent.digest, SPENT)
    const expired = await on.open()
    await on.kit.store.countAttempt(expired.id)

    await on.kit.store.deleteOld()
    expect(await on.kit.size()).toBeGreaterThan(before)
    await on.kit.pass(DAY + 6 * MINUTE)
    await on.kit.store.deleteOld()

    expect(await on.kit.size()).toBe(0)
  })
}
