// How another team's subgraph spends a grant of a one-time code: once, in the transaction of its own act, and nobody is asked.
//
// create table spent_grants (jti text primary key, expires_at timestamptz not null);
// create table pay_outs (order_id text not null, customer text not null);
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Sql } from 'postgres'

const AUDIENCE = 'orders' // as the operator of the graph lists it in GRANT_AUDIENCES
const ACTION = 'orders:pay-out'

type PayOut = { viewerId: string; orderId: string; grant: string }

/** `issuer` is the public origin of the graph; `sql` reaches this team's own database. */
export function makePayOut({ issuer, sql }: { issuer: string; sql: Sql }) {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer))

  return async function payOut({ viewerId, orderId, grant }: PayOut): Promise<boolean> {
    const read = await readGrant({ keys, issuer }, grant, viewerId)
    if (!read) return false
    return sql.begin(async (tx) => {
      // Of many who show one grant, one gets a row. An hour after its end no clock finds it good, and the row may go.
      const spent =
        await tx`insert into spent_grants (jti, expires_at) values (${read.jti}, to_timestamp(${read.exp}))
        on conflict do nothing returning 1`
      if (spent.length === 0) return false
      await tx`insert into pay_outs (order_id, customer) values (${orderId}, ${viewerId})`
      return true
    })
  }
}

type Issuer = { keys: JWTVerifyGetKey; issuer: string }

/** Null for what is no grant for this action of whoever is signed in. Its type keeps every other kind of token out. */
async function readGrant({ keys, issuer }: Issuer, grant: string, viewerId: string) {
  const expected = { algorithms: ['EdDSA'], typ: 'grant+jwt', issuer, audience: AUDIENCE }
  try {
    const { payload } = await jwtVerify(grant, keys, expected)
    const { sub, purpose, action, jti, exp } = payload
    const isTheirs = sub === viewerId && purpose === 'CUSTOM' && action === ACTION
    return isTheirs && jti && exp ? { jti, exp } : null
  } catch {
    return null // whatever is wrong with it, it is good for nothing
  }
}
