import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'undici'

export type Sent = {
  headers?: Record<string, string>
  payload?: string | Buffer
  method?: 'POST' | 'GET' | 'HEAD' | 'PUT' | 'DELETE' | 'OPTIONS'
  path?: string
}

export type Received = {
  statusCode: number
  headers: IncomingHttpHeaders
  text: string
  json: { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] }
  codes: unknown[]
}

/** Over a real socket: what Node's parser refuses or adds belongs to what is tested. */
export async function sendTo(
  base: string,
  { headers, payload, method = 'POST', path = '/graphql' }: Sent,
): Promise<Received> {
  const answer = await request(`${base}${path}`, { method, headers: headers ?? {}, body: payload ?? null })
  const text = await answer.body.text()
  const json = String(answer.headers['content-type']).includes('json')
    ? (JSON.parse(text) as Received['json'])
    : {}
  return {
    statusCode: answer.statusCode,
    headers: answer.headers,
    text,
    json,
    codes: (json.errors ?? []).map(({ extensions }) => extensions['code']),
  }
}
