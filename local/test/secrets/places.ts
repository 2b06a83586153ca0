import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { Redis } from 'ioredis'
import type { Sql } from 'postgres'

/** Somewhere that a secret could have been written to, and what stands there. */
export type Place = { name: string; content: Buffer }

/** Every table of every schema but PostgreSQL's own, those of the queue among them. */
export async function tablesOf(sql: Sql): Promise<Place[]> {
  const tables = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`
  const places: Place[] = []
  for (const { schema, name } of tables) {
    const rows = await sql`select r.*, r::text as row_as_text from ${sql(schema)}.${sql(name)} as r`
    places.push({ name: `${schema}.${name}`, content: joined(rows.flatMap((row) => Object.values(row))) })
  }
  return places
}

/** Every key of a Redis with all that it holds. */
export async function redisOf(url: string): Promise<Place[]> {
  const redis = new Redis(url)
  try {
    const keys = await redis.keys('*')
    return await Promise.all(
      keys.map(async (key) => ({
        name: `Redis ${key}`,
        content: joined([key, await valueUnder(redis, key)]),
      })),
    )
  } finally {
    redis.disconnect()
  }
}

async function valueUnder(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.getBuffer(key)
    case 'hash':
      return redis.hgetall(key)
    case 'list':
      return redis.lrange(key, 0, -1)
    case 'set':
      return redis.smembers(key)
    case 'zset':
      return redis.zrange(key, 0, -1, 'WITHSCORES')
    case 'stream':
      return redis.xrange(key, '-', '+')
    case 'none':
      return ''
    default:
      throw new Error(`nobody looks into ${key}`)
  }
}

/**
 * Every file below a folder: of the database also the write-ahead log, so what was once in a row (a long text is
 * compressed there), and of Redis every command.
 */
export async function filesIn(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(
    files.map(async (file) => ({ name: relative(folder, file), content: await contentOf(file) })),
  )
}

async function contentOf(file: string): Promise<Buffer> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    // The database removes files while they are being listed.
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  // Of each line the number of a process, which may have six digits as well.
  return file.endsWith('postgres.log') ? Buffer.from(`${content}`.replace(/\[\d+\]/g, '')) : content
}

const NEXT = Buffer.from('\n')

const joined = (values: unknown[]): Buffer =>
  Buffer.concat(values.flatMap((value) => [Buffer.isBuffer(value) ? value : textOf(value), NEXT]))

const textOf = (value: unknown): Buffer =>
  Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
