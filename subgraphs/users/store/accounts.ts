import { eq, sql } from 'drizzle-orm'
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Outbox } from '../../shared/events/outbox.js'
import { ID_PREFIXES, idToUuid } from '../../shared/ids/type-id.js'
import type { AccountStore, Identifier } from '../domain/ports.js'
import { accountColumns } from './account-columns.js'
import { attachNumber } from './attach-number.js'
import { changeUsername } from './change-username.js'
import { renewLink, spendLink } from './links.js'
import { proveAddressOnce } from './prove-address.js'
import { register } from './register.js'
import { registerByPhone } from './register-by-phone.js'
import { spendGrant } from './spend-grant.js'
import { users } from './tables.js'
import { updateProfile } from './update-profile.js'
import { EMAIL_PROOF, emailProof, phoneProof, verifyAccount } from './verify-account.js'

export function createAccountStore(db: PostgresJsDatabase, outbox: Outbox): AccountStore {
  const finders = prepareFinders(db)

  return {
    register: (account, link, by) => db.transaction((tx) => register({ tx, outbox, by }, account, link)),
    registerByPhone: (account, texts, by) =>
      db.transaction((tx) => registerByPhone({ tx, outbox, by }, account, texts)),
    attachNumber: (claimed) => db.transaction((tx) => attachNumber({ tx, outbox }, claimed)),
    verifyByLink: (digest, by) =>
      verifyAccount(db, (tx) => spendLink(tx, digest), { proof: EMAIL_PROOF, by }),
    verifyByGrant: (grant, by) =>
      verifyAccount(db, (tx) => spendGrant(tx, grant), { proof: emailProof(grant), by }),
    verifyPhone: (grant, by) =>
      verifyAccount(db, (tx) => spendGrant(tx, grant), { proof: phoneProof(grant), by }),
    proveAddress: (proof, by) => proveAddressOnce(db, proof, by),
    renewLink: (userId, link) => renewLink(db, outbox, userId, link),

    changeUsername: (userId, username, by) => changeUsername(db, { userId, username, by }),

    async findByIdentifier({ kind, value }) {
      const [account] = await finders[kind].execute({ value })
      return account ?? null
    },

    findMany: async (ids) => {
      const uuids = ids.flatMap((id) => idToUuid(ID_PREFIXES.user, id) ?? [])
      return uuids.length > 0 ? finders.ids.execute({ uuids }) : []
    },

    updateProfile: (id, change, how) => updateProfile(db, outbox, { id, change, ...how }),
  }
}

/** The hot reads, planned once for each connection. */
function prepareFinders(db: PostgresJsDatabase) {
  const columns = { email: users.email, phoneNumber: users.phoneNumber, username: users.username }
  const by = (kind: Identifier['kind']) =>
    db
      .select(accountColumns)
      .from(users)
      .where(eq(columns[kind], sql.placeholder('value')))
      .prepare(`users_by_${kind.toLowerCase()}`)

  return {
    email: by('email'),
    phoneNumber: by('phoneNumber'),
    username: by('username'),
    ids: db
      .select(accountColumns)
      .from(users)
      .where(sql`${users.id} = any(${sql.placeholder('uuids')}::uuid[])`)
      .prepare('users_by_ids'),
  }
}
