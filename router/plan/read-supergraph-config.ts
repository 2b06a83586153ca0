import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import type { SubgraphSource } from './compose.js'

/** The form that other composers of federated graphs read too. */
const SupergraphConfig = z.strictObject({
  federation_version: z
    .string()
    .regex(/^=2\.\d+(\.\d+)?$/, 'must be like =2.9.0')
    .optional(),
  subgraphs: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be a lower-case name'),
    z.strictObject({
      routing_url: z.url({ protocol: /^https?$/ }),
      schema: z.strictObject({ file: z.string() }),
    }),
  ),
})

/** Reads which subgraphs make the graph; schema files lie relative to the file that names them. */
export async function readSupergraphConfig(path: string): Promise<SubgraphSource[]> {
  const read = SupergraphConfig.safeParse(parse(await readFile(path, 'utf8')))
  if (!read.success) throw new Error(`${path} is wrong:\n${z.prettifyError(read.error)}`)

  return Promise.all(
    Object.entries(read.data.subgraphs).map(async ([name, { routing_url, schema }]) => ({
      name,
      url: routing_url,
      typeDefs: await readFile(resolve(dirname(path), schema.file), 'utf8'),
    })),
  )
}
