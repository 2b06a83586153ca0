import { resolve } from 'node:path'
import * as z from 'zod'
import { port, productName } from '../subgraphs/shared/env/fragments.js'
import { type EnvSource, readEnv } from '../subgraphs/shared/env/read-env.js'

const LocalEnv = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  /** Where everything that lasts is kept: database, queue, mails, keys. */
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((path) => resolve(path)),
  PORT: port.default(4000),
  MANAGEMENT_PORT: port.default(4001),
  INBOX_PORT: port.default(1080),
  /** Where every message is shown in every language; another one where it is taken. */
  MESSAGES_PORT: port.default(1081),
  PRODUCT_NAME: productName,
  PUBLIC_URL: z.url().optional(),
  DATABASE_URL: z.url().optional(),
  REDIS_URL: z.url().optional(),
  SMTP_URL: z.url().optional(),
  /** `postgres` keeps queues on PostgreSQL even where a Redis is found. */
  QUEUE: z.enum(['auto', 'postgres']).default('auto'),
})

export type LocalEnv = z.output<typeof LocalEnv>

export const readLocalEnv = (source: EnvSource): LocalEnv => readEnv(LocalEnv, source)
