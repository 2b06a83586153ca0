import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { readEnv, SettingsError } from '../../shared/env/read-env.js'
import { readWebhookSettings, WebhooksEnv } from './settings.js'

const folder = mkdtempSync(join(tmpdir(), 'webhooks-'))
const secretOf = (start: number) =>
  `whsec_${Buffer.from(Array.from({ length: 32 }, (_, index) => start + index * 3)).toString('base64')}`

const SECRETS = `crm-2:${secretOf(1)},crm-1:${secretOf(2)}`
const CRM = {
  id: 'crm',
  url: 'https://crm.example.org/hooks?tenant=1',
  events: ['user.*', 'session.revoked'],
  secrets: ['crm-2', 'crm-1'],
}

function fileOf(content: unknown): string {
  const path = join(folder, 'webhooks.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

const PutTogether = z.object(WebhooksEnv.shape).transform((env, context) => {
  const { settings, faults } = readWebhookSettings(env)
  for (const { path, message } of faults) context.addIssue({ code: 'custom', path, message })
  return settings
})

const read = (endpoints: unknown, more: Record<string, string> = {}) =>
  readEnv(PutTogether, { WEBHOOKS_FILE: fileOf(endpoints), WEBHOOK_SECRETS: SECRETS, ...more })

function faultsOf(endpoints: unknown, more: Record<string, string> = {}): readonly string[] {
  try {
    read(endpoints, more)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.faults
    throw error
  }
}

test('without a file there are no endpoints', () => {
  expect(readEnv(PutTogether, { WEBHOOKS_FILE: '' }).endpoints).toEqual([])
})

test('an endpoint has its secrets by name, the newest first, or from a file', () => {
  writeFileSync(join(folder, 'secret'), `${secretOf(3)}\n`)

  const { endpoints } = read([CRM, { ...CRM, id: 'bi', secrets: [{ file: join(folder, 'secret') }] }])

  expect(endpoints).toMatchObject([{ id: 'crm', timeoutSeconds: 15 }, { id: 'bi' }])
  expect(endpoints.map(({ secrets }) => secrets.map(([first]) => first))).toEqual([[1, 2], [3]])
})

test('the example in deploy/config is one', () => {
  const example = JSON.parse(readFileSync('deploy/config/webhooks.example.json', 'utf8'))
  const names = (example as (typeof CRM)[])
    .flatMap(({ secrets }) => secrets)
    .filter((secret) => typeof secret === 'string')

  const { endpoints } = read(
    (example as (typeof CRM)[]).map((one) => ({
      ...one,
      secrets: one.secrets.filter((secret) => typeof secret === 'string'),
    })),
    { WEBHOOK_SECRETS: names.map((name, index) => `${name}:${secretOf(index + 1)}`).join(',') },
  )

  expect(endpoints.length).toBeGreaterThan(0)
})

test.each([
  ['no TLS', { url: 'http://crm.example.org/' }, '0.url: must be https'],
  ['credentials', { url: 'https://me:hunter2@crm.example.org/' }, '0.url: must hold no credentials'],
  ['a fragment', { url: 'https://crm.example.org/#x' }, '0.url: must have no fragment'],
  ['an event that is none', { events: ['user.born'] }, '0.events.0: is no event that there is'],
  ['a family that is none', { events: ['orders.*'] }, '0.events.0: is no event that there is'],
  ['no events', { events: [] }, '0.events: '],
  ['a field that is none', { retries: 3 }, '0: '],
  ['an id with a slash', { id: 'a/b' }, '0.id: '],
  ['a secret that is none', { secrets: ['crm-3'] }, '0.secrets.0: must name a secret'],
  ['a file that is none', { secrets: [{ file: '/nowhere' }] }, '0.secrets.0: must name a secret'],
  ['no secret', { secrets: [] }, '0.secrets: '],
  [
    'a private address',
    { url: 'https://10.0.0.1/' },
    '0.url: is at an address that WEBHOOK_NETWORKS does not allow',
  ],
  ['a private address in hex', { url: 'https://0xa000001/' }, '0.url: is at an address'],
  ['a private address, IPv4 in IPv6', { url: 'https://[::ffff:10.0.0.1]/' }, '0.url: is at an address'],
  ['metadata of a cloud', { url: 'https://169.254.169.254/' }, '0.url: is at an address'],
  ['this machine', { url: 'http://127.0.0.1:3000/' }, '0.url: is at an address'],
])('12.1: does not start with %s', (_, change, fault) => {
  const faults = faultsOf([{ ...CRM, ...change }])

  expect(faults).toEqual([expect.stringContaining(`WEBHOOKS_FILE.${fault}`)])
  expect(faults.join()).not.toMatch(/hunter2|whsec_\w/)
})

test.each([
  ['short', `whsec_${Buffer.alloc(24, 'abcdefghijklmnopqrstuvwx').toString('base64')}`],
  ['one that nobody drew', `whsec_${Buffer.alloc(32, 1).toString('base64')}`],
  ['without its prefix', secretOf(1).slice(6)],
])('12.1: does not start with a secret that is %s', (_, secret) => {
  expect(faultsOf([{ ...CRM, secrets: ['it'] }], { WEBHOOK_SECRETS: `it:${secret}` })).toHaveLength(1)
})

test('names every fault at once', () => {
  expect(
    faultsOf([
      { ...CRM, url: 'https://10.0.0.1/' },
      { ...CRM, id: 'bi', secrets: ['nobody'] },
    ]),
  ).toHaveLength(2)
})

test('an endpoint has an id and secrets of its own', () => {
  expect(faultsOf([CRM, CRM])).toEqual([expect.stringContaining('an id of its own')])
  expect(faultsOf([CRM, { ...CRM, id: 'bi' }])).toEqual([
    expect.stringContaining('WEBHOOKS_FILE.1.secrets.0: is one of another endpoint'),
    expect.stringContaining('WEBHOOKS_FILE.1.secrets.1: is one of another endpoint'),
  ])
})

test('this machine and private networks are reached where the operator says so', () => {
  const home = { ...CRM, url: 'http://127.0.0.1:3000/hook' }

  expect(faultsOf([home], { WEBHOOK_NETWORKS: '127.0.0.0/8' })).toEqual([])
  expect(faultsOf([CRM], { WEBHOOK_NETWORKS: '10.0.0.0' })).toEqual([
    expect.stringContaining('WEBHOOK_NETWORKS: '),
  ])
})
