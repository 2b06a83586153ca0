import { createHash } from 'node:crypto'
import { and, asc, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Act, Actor } from '../../shared/audit/act.js'
import { recordedAct } from '../../shared/audit/recorded-act.js'
import type { Outbox, Transaction } from '../../shared/events/outbox.js'
import type { OperatorTemplate, TemplateKey, TemplateStore } from '../domain/template-ports.js'
import { MOST_TEMPLATES } from '../limits.js'
import { outbox as outboxTable, templates } from './tables.js'

export function createTemplateStore(db: PostgresJsDatabase, outbox: Pick<Outbox, 'poke'>): TemplateStore {
  return {
    findByName: (name, channel) =>
      db
        .select()
        .from(templates)
        .where(and(eq(templates.name, name), eq(templates.channel, channel))),

    list: (locale) =>
      db
        .select()
        .from(templates)
        .where(locale === null ? undefined : eq(templates.locale, locale))
        .orderBy(asc(templates.name), asc(templates.locale)),

    listThese: async (keys) => (keys.length === 0 ? [] : db.select().from(templates).where(isOneOf(keys))),

    async put(template, by) {
      const put = await db.transaction(async (tx) => {
        if (!(await hasRoom(tx, template))) return 'FULL'
        const { subject, body, channel } = template
        // Of one name and language there are words for one channel, whoever races.
        const [row] = await tx
          .insert(templates)
          .values(template)
          .onConflictDoUpdate({
            target: [templates.name, templates.locale],
            set: { subject, body, updatedAt: sql`now()` },
            setWhere: eq(templates.channel, channel),
          })
          .returning()
        if (!row) return 'CONFLICT'
        await tx
          .insert(outboxTable)
          .values([recordedAct(actOf('notifications.upsert-template', template, by))])
        return row
      })
      if (typeof put === 'object') outbox.poke()
      return put
    },

    async remove(template, by) {
      const removed = await db.transaction(async (tx) => {
        const gone = await tx.delete(templates).where(isThis(template)).returning()
        const acts = gone.map((row) => recordedAct(actOf('notifications.remove-template', row, by)))
        if (acts.length > 0) await tx.insert(outboxTable).values(acts)
        return gone.length === 1
      })
      if (removed) outbox.poke()
      return removed
    },
  }
}

function isOneOf(keys: readonly TemplateKey[]): SQL {
  const wanted = keys.map(({ name, locale }) => sql`(${name}, ${locale})`)
  return sql`(${templates.name}, ${templates.locale}) in (${sql.join(wanted, sql`, `)})`
}

const isThis = ({ name, locale, channel }: Pick<OperatorTemplate, 'name' | 'locale' | 'channel'>) =>
  and(eq(templates.name, name), eq(templates.locale, locale), eq(templates.channel, channel))

/** Counted by one at a time. */
async function hasRoom(tx: Transaction, { name, locale }: OperatorTemplate): Promise<boolean> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('notifications.templates'))`)
  const others = or(ne(templates.name, name), ne(templates.locale, locale))
  return (await tx.$count(templates, others)) < MOST_TEMPLATES
}

/** The words themselves are too long for the audit log; their digest tells which they were. */
const actOf = (
  action: string,
  { name, locale, channel, subject, body }: OperatorTemplate,
  by: Actor,
): Act => ({
  ...{ action, outcome: 'SUCCESS', subjectId: null, by },
  detail: {
    ...{ name, locale, channel },
    words: createHash('sha256')
      .update(JSON.stringify([subject, body]))
      .digest('hex'),
  },
})
