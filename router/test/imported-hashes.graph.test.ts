import postgres from 'postgres'
import { findPostgres } from '../../local/services/postgres-url.js'
import { ID_PREFIXES, idToUuid } from '../../subgraphs/shared/ids/type-id.js'
import { login, someVerified } from './seed/people.js'

const PASSWORD = 'Zoë at the lake'

/** What other systems made of that password; `subgraphs/passwords/subgraph.test.ts` has one of each form. */
const HASHES = [
  ['bcrypt', '$2y$06$vrHbOrqw21XXfLzRK2bUiuKokkGrLpCIlo9GRxMkaOOnInpwmPvH.'],
  ['scrypt', '$scrypt$ln=10,r=8,p=1$MYbwvpeyVioFIMTYG4OQMg$YaOKdnz3kZYzRV/l753tKMWr3gXRc+8eezJyLZwOWGQ'],
  [
    'argon2id of less cost',
    '$argon2id$v=19$m=4096,t=2,p=1$NE9yM1JGeXFHVVdaZnRRdQ$Xb9PwyDhrRAO/UjB7jZQMHkFpmmAnRwKeB1+50P23wM',
  ],
]
const OURS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/

let sql: postgres.Sql
beforeAll(async () => {
  sql = postgres((await findPostgres(process.env['GRAPH_DATA_DIR'] ?? '')) ?? '', { max: 1 })
})
afterAll(() => sql.end())

test.each(HASHES)(
  '6.3: who comes from another system with %s signs in, and is hashed anew',
  async (_, hash) => {
    const ada = await someVerified()
    const userId = idToUuid(ID_PREFIXES.user, (await ada.signIn()).userId)
    const stored = async () =>
      (await sql`select phc from passwords.credentials where user_id = ${userId}`)[0]?.['phc']
    await sql`update passwords.credentials set phc = ${hash ?? ''}, pepper_version = 0 where user_id = ${userId}`
    const signIn = async (password: string) => {
      const { data } = await login({ identifier: { email: ada.email }, password }, ada.ip)
      return (
        (data['login'] as unknown as { result: { __typename: string } | null }).result?.__typename ?? null
      )
    }

    const wrong = await signIn(ada.password)
    const before = await stored()
    const right = await signIn(PASSWORD)
    // It is hashed after the answer: nobody waits for it. The test's time limit ends a wait in vain.
    while (!OURS.test(await stored()));

    expect([wrong, before, right]).toEqual([null, hash, 'LoginSuccess'])
    expect([await signIn(ada.password), await signIn(PASSWORD)]).toEqual([null, 'LoginSuccess'])
  },
)
