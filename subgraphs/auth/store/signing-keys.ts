import { desc, eq, inArray, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Act } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { KeySummary, SigningKeyStore } from '../domain/key-ports.js'
import { planRotation, type Rotation } from '../domain/key-rotation.js'
import { outbox as outboxTable, signingKeys } from './tables.js'

export type NewKey = { kid: string; publicJwk: Record<string, unknown>; sealedPrivateJwk: string }
export type StoredKey = NewKey & { part: 'ACTIVE' | 'NEXT' | 'RETIRING' }

type Options = {
  db: PostgresJsDatabase
  outbox: Outbox
  make: () => Promise<NewKey>
  algorithm: string
  days: number
}

/** Keys that sign access tokens. Of many processes that rotate at once, one does; the others find it done. */
export function createSigningKeyStore(options: Options): SigningKeyStore & { load(): Promise<StoredKey[]> } {
  const { db, outbox, algorithm, days } = options

  async function maintain(request: Pick<Rotation, 'rotate' | 'remove'>, act: Act | null) {
    const summary = await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('auth.signing_keys'))`)
      const before = await readKeys(tx)
      if (request.remove !== null && !before.some(({ kid }) => kid === request.remove)) return null
      await carryOut(
        tx,
        options.make,
        planRotation(before.map(factsOf), {
          ...{ ...request, algorithm, days, now: await databaseTime(tx) },
        }),
      )
      if (act) await tx.insert(outboxTable).values(recordedAct(act))
      return summarize(await readKeys(tx))
    })
    if (act) outbox.poke()
    return summary
  }

  return {
    load: () => readKeys(db),
    async keepUp() {
      await maintain({ rotate: false, remove: null }, null)
    },
    rotate: (remove, act) => maintain({ rotate: remove === null, remove }, act),
  }
}

const part = sql<StoredKey['part']>`case
  when activates_at > now() then 'NEXT'
  when activates_at = (select max(activates_at) from ${signingKeys} where activates_at <= now()) then 'ACTIVE'
  else 'RETIRING' end`

const readKeys = (db: Transaction) =>
  db
    .select({
      ...{ kid: signingKeys.kid, publicJwk: signingKeys.publicJwk, createdAt: signingKeys.createdAt },
      ...{ sealedPrivateJwk: signingKeys.sealedPrivateJwk, activatesAt: signingKeys.activatesAt, part },
    })
    .from(signingKeys)
    .orderBy(desc(signingKeys.activatesAt))

type KeyRow = Awaited<ReturnType<typeof readKeys>>[number]

const factsOf = ({ kid, publicJwk, createdAt, activatesAt }: KeyRow) => ({
  ...{ kid, createdAt, activatesAt },
  // Keys from before there was a choice do not say.
  algorithm: String(publicJwk['alg'] ?? 'EdDSA'),
})

async function databaseTime(tx: Transaction): Promise<Date> {
  const [row] = await tx.execute<{ now: string }>(sql`select now()::text as now`)
  return new Date(row?.now ?? Number.NaN)
}

async function carryOut(tx: Transaction, make: Options['make'], plan: ReturnType<typeof planRotation>) {
  if (plan.remove.length > 0) await tx.delete(signingKeys).where(inArray(signingKeys.kid, plan.remove))
  for (const { kid, activatesAt } of plan.move) {
    await tx.update(signingKeys).set({ activatesAt }).where(eq(signingKeys.kid, kid))
  }
  for (const activatesAt of plan.make) await tx.insert(signingKeys).values({ ...(await make()), activatesAt })
}

const summarize = (keys: readonly KeyRow[]): KeySummary => ({
  activeKid: keys.find((key) => key.part === 'ACTIVE')?.kid ?? null,
  nextKid: keys.find((key) => key.part === 'NEXT')?.kid ?? null,
  retiringKids: keys.filter((key) => key.part === 'RETIRING').map(({ kid }) => kid),
})
