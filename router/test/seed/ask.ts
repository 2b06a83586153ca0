import { randomBytes } from 'node:crypto'

/** Asks the graph as any client would: over HTTP, from the outside. */
export const graphUrl = (): string => process.env['GRAPH_URL'] ?? ''

export type GraphError = { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }

export type Answered = {
  status: number
  headers: Headers
  // What a test asked for it knows the shape of; a wrong guess fails the test.
  data: Record<string, never> & { [field: string]: unknown }
  errors: GraphError[] | undefined
  codes: string[]
}

/** A client network nobody else in this run has; limits count by it. */
export const someNetwork = (): string => `10.${randomBytes(3).join('.')}`

export type Asking = {
  variables?: Record<string, unknown>
  token?: string
  ip?: string
  headers?: Record<string, string>
  /** Where, when not at the graph under test: at another router of it, say. */
  url?: string
}

export async function ask(
  query: string,
  { variables, token, ip = someNetwork(), headers, url = graphUrl() }: Asking = {},
): Promise<Answered> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': ip,
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  })
  const body = (await response.json()) as Pick<Answered, 'data' | 'errors'>
  return {
    status: response.status,
    headers: response.headers,
    data: body.data,
    errors: body.errors,
    codes: (body.errors ?? []).map(({ extensions }) => String(extensions['code'])),
  }
}
