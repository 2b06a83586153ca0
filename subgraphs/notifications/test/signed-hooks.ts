import { createHash, createHmac } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import type { HookRequest } from '../hooks/hook-request.js'

// Callbacks as providers sign them.

export const TWILIO_TOKEN = '0123456789abcdef0123456789abcdef'
export const VONAGE = { apiKey: 'abcd1234', signatureSecret: 'a signature is made with this one' }

export function signTwilio(url: string, fields: Record<string, string>): HookRequest {
  const sorted = new URLSearchParams(fields)
  sorted.sort()
  const signature = createHmac('sha1', TWILIO_TOKEN)
    .update(`${url}${[...sorted].flat().join('')}`)
    .digest('base64')
  return {
    url: new URL(url),
    headers: { 'x-twilio-signature': signature },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  }
}

export async function signVonage(
  status: object,
  { secret = VONAGE.signatureSecret, issuedAt = new Date(), ...claims }: Partial<VonageSigning> = {},
): Promise<HookRequest> {
  const body = Buffer.from(JSON.stringify(status))
  const token = await new SignJWT({
    ...{ iss: 'Vonage', api_key: VONAGE.apiKey, jti: 'j1' },
    payload_hash: createHash('sha256').update(body).digest('hex'),
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .sign(new TextEncoder().encode(secret))
  return {
    url: new URL('https://id.example.org/hooks/vonage'),
    headers: { authorization: `Bearer ${token}` },
    body,
  }
}

type VonageSigning = JWTPayload & { secret: string; issuedAt: Date }

export const MAIL_SECRET = new Uint8Array(32).fill(5)

/** As Standard Webhooks has it. */
export function signMail(
  said: unknown,
  {
    id = 'msg_1',
    at = Date.now(),
    secret = MAIL_SECRET,
  }: { id?: string; at?: number; secret?: Uint8Array } = {},
): HookRequest {
  const body = Buffer.from(JSON.stringify(said))
  const timestamp = String(Math.floor(at / 1000))
  const digest = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    url: new URL('https://id.example.org/hooks/mail'),
    headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest}` },
    body,
  }
}
