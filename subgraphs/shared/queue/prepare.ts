import { runMigrations } from 'bullmq'
import pg from 'pg'
import postgres from 'postgres'
import { grantRows } from '../database/prepare.js'
import { QUEUE_SCHEMA } from './queues.js'

/** Makes the tables of BullMQ's PostgreSQL backend, as the owner, and lets the queue's role use them. */
export async function prepareQueue(ownerUrl: string, queueUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await runMigrations(client, QUEUE_SCHEMA)
  } finally {
    await client.end()
  }

  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await owner`select pg_advisory_lock(hashtext('usergraph.migrate'))`
    await grantRows(owner, QUEUE_SCHEMA, new URL(queueUrl))
    await owner.unsafe(`grant execute on all functions in schema ${QUEUE_SCHEMA} to public`)
  } finally {
    await owner.end({ timeout: 5 })
  }
}
