import type { Surroundings } from './surroundings.js'

const FIRST_QUERY = `mutation { register(input: { email: "ada@example.com", password: "correct horse battery" }) { nextStep userErrors { code field } } }`

/** What a person reads when everything runs: where it is, and a first thing to try. */
export function welcome(
  { env, local, inboxUrl, messagesUrl, notes }: Surroundings,
  startedAt: number,
): string {
  const publicUrl = env['PUBLIC_URL']
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const lines = [
    '',
    `  Usergraph is ready (${seconds} s). Ctrl-C stops all of it.`,
    '',
    `  Explorer      ${publicUrl}/graphql`,
    ...(inboxUrl ? [`  Dev inbox     ${inboxUrl}`] : []),
    ...(messagesUrl ? [`  Messages      ${messagesUrl}`] : []),
    `  Management    http://127.0.0.1:${local.MANAGEMENT_PORT}/readyz`,
    '',
    ...notes.map((note) => `  ${note}.`),
    '',
    '  A first thing to try:',
    '',
    `  curl -s ${publicUrl}/graphql -H 'content-type: application/json' \\`,
    `    -d '${JSON.stringify({ query: FIRST_QUERY })}'`,
    '',
  ]
  return lines.join('\n')
}
