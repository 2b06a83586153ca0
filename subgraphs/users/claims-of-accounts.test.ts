import { createClaimsOfAccounts } from './claims-of-accounts.js'
import type { Account } from './domain/ports.js'

const [ada, bob] = [{ id: 'usr_ada', locale: 'de' } as Account, { id: 'usr_bob', locale: 'en' } as Account] // what the rules name

/** Somebody asks for what the rules say; the store remembers what it was asked. */
function asked(rules: Parameters<typeof createClaimsOfAccounts>[0]) {
  const calls: (readonly string[])[] = []
  const claimsOf = createClaimsOfAccounts(rules, {
    async findSome(ids, places) {
      calls.push(ids, places)
      return [{ id: 'usr_bob', attributes: { 'membership:number': 7 } }]
    },
  })
  return { claimsOf, calls }
}

const RULES = [
  { claim: 'locale', from: 'locale' as const },
  { claim: 'member', attribute: 'membership:number' },
]

test('each account has what is said of it, in the order they were asked for', async () => {
  const { claimsOf, calls } = asked(RULES)

  expect(await claimsOf([ada, bob])).toEqual([{ locale: 'de' }, { locale: 'en', member: 7 }])
  expect(calls).toEqual([['usr_ada', 'usr_bob'], ['membership:number']])
})

test('7.4: the store is asked about nobody as about somebody', async () => {
  const { claimsOf, calls } = asked(RULES)

  expect(await claimsOf([null])).toEqual([{}])
  expect(calls).toEqual([[expect.stringMatching(/^usr_/)], ['membership:number']])
})

test('where no rule names an attribute nothing is asked', async () => {
  const { claimsOf, calls } = asked([{ claim: 'locale', from: 'locale' }])

  expect(await claimsOf([ada, null])).toEqual([{ locale: 'de' }, {}])
  expect(calls).toEqual([])
})
