import { createClaimsOfAccounts } from './claims-of-accounts.js'
import type { Account } from './domain/ports.js'

const [ada, bob] = [
  { id: 'usr_ada', locale: 'de', roles: ['user', 'admin'] } as Account,
  { id: 'usr_bob', locale: 'en', roles: ['user'] } as Account,
] // what the rules name

/** Somebody asks for what the rules say; the store remembers what it was asked. */
function asked(rules: Parameters<typeof createClaimsOfAccounts>[0]) {
  const calls: (readonly string[])[] = []
  const claimsOf = createClaimsOfAccounts(
    rules,
    {
      async findSome(ids, places) {
        calls.push(ids, places)
        return [{ id: 'usr_bob', attributes: { 'membership:number': 7 } }]
      },
    },
    { withoutMfa: (names) => names.filter((name) => name !== 'admin') },
  )
  return { claimsOf, calls }
}

const same = (claims: Record<string, unknown>) => ({ claims, claimsWithoutMfa: claims })

const RULES = [
  { claim: 'locale', from: 'locale' as const },
  { claim: 'member', attribute: 'membership:number' },
]

test('each account has what is said of it, in the order they were asked for', async () => {
  const { claimsOf, calls } = asked(RULES)

  expect(await claimsOf([ada, bob])).toMatchObject([
    { claims: { locale: 'de' } },
    { claims: { locale: 'en', member: 7 } },
  ])
  expect(calls).toEqual([['usr_ada', 'usr_bob'], ['membership:number']])
})

test('7.4: the store is asked about nobody as about somebody', async () => {
  const { claimsOf, calls } = asked(RULES)

  expect(await claimsOf([null])).toEqual([same({})])
  expect(calls).toEqual([[expect.stringMatching(/^usr_/)], ['membership:number']])
})

test('8.6: a role that demands a second factor is said of nobody who has shown none', async () => {
  const { claimsOf } = asked([
    { claim: 'roles', from: 'roles' },
    { claim: 'admin', role: 'admin' },
  ])

  expect(await claimsOf([ada, bob])).toEqual([
    {
      claims: { roles: ['user', 'admin'], admin: true },
      claimsWithoutMfa: { roles: ['user'], admin: false },
    },
    same({ roles: ['user'], admin: false }),
  ])
})

test('where no rule names an attribute nothing is asked', async () => {
  const { claimsOf, calls } = asked([{ claim: 'locale', from: 'locale' }])

  expect(await claimsOf([ada, null])).toEqual([same({ locale: 'de' }), same({})])
  expect(calls).toEqual([])
})
