import { createHash } from 'node:crypto'
import { operationsIn } from './documents-plugin.mjs'

/**
 * Writes the list of operations that the SDK sends, in the form of Apollo's persisted query manifests: what a router that
 * keeps a safelist is given.
 *
 * @param {import('graphql').GraphQLSchema} _schema
 * @param {{ document?: import('graphql').DocumentNode }[]} documents
 */
export const plugin = (_schema, documents) => {
  const operations = operationsIn(documents).map(({ name, type, text }) => ({
    id: createHash('sha256').update(text).digest('hex'),
    ...{ name, type, body: text },
  }))
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`
}
