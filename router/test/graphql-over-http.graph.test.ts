import { auditServer } from 'graphql-http'
import { graphUrl } from './seed/ask.js'

/**
 * What the audit of graphql-http would like and this router does not do. Queries come by POST alone (SECURITY 2.1): a GET
 * needs no CORS preflight, and what is asked by it stands in logs and histories.
 */
const DEVIATIONS = [
  'MAY accept application/x-www-form-urlencoded formatted GET requests',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
]

test('GraphQL over HTTP: everything a server must and should do, and what it may, but for GET', async () => {
  const results = await auditServer({ url: `${graphUrl()}/graphql`, fetchFn: fetch })
  const count = (word: string) => results.filter(({ name }) => name.startsWith(word)).length
  const missed = results.filter(({ status }) => status !== 'ok').map(({ name }) => name)

  expect([count('MUST'), count('SHOULD'), count('MAY')]).toEqual([13, 23, 25])
  expect(new Set(missed)).toEqual(new Set(DEVIATIONS))
})
