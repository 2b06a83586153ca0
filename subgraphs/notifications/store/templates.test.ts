import { someActor } from '../../shared/test/requests.js'
import type { OperatorTemplate } from '../domain/template-ports.js'
import { MOST_TEMPLATES } from '../limits.js'
import { createStoreKit } from '../test/store-kit.js'
import { createTemplateStore } from './templates.js'

let kit: Awaited<ReturnType<typeof createStoreKit>>

beforeAll(async () => {
  kit = await createStoreKit()
})
afterAll(() => kit.stop())

const store = () => createTemplateStore(kit.db, { poke: () => {} })
const by = someActor({ client: 'console' })

const template: OperatorTemplate = {
  ...{ name: 'order-shipped', locale: 'de', channel: 'EMAIL', subject: 'Unterwegs', body: '# Unterwegs' },
}

const acts = async (name: string) =>
  (
    await kit.client`select payload from notifications.outbox where name = 'audit.recorded'
      and payload->'detail'->>'name' = ${name} order by id`
  ).map(({ payload }) => [payload.action, payload.client, payload.detail.words])

test('keeps words and changes them, and each change is on record', async () => {
  const first = await store().put(template, by)
  const second = await store().put({ ...template, body: '# Da' }, by)

  expect([first, second]).toMatchObject([template, { body: '# Da' }])
  expect(await store().findByName('order-shipped', 'EMAIL')).toMatchObject([{ body: '# Da' }])
  expect(await store().findByName('order-shipped', 'SMS')).toEqual([])
  const [one, other] = await acts('order-shipped')
  expect([one, other]).toMatchObject([
    ['notifications.upsert-template', 'console', expect.any(String)],
    ['notifications.upsert-template', 'console', expect.any(String)],
  ])
  expect(one?.[2]).not.toBe(other?.[2])
})

test('lists those in one language, or all', async () => {
  await store().put({ ...template, name: 'listed' }, by)
  await store().put({ ...template, name: 'listed', locale: 'de-AT' }, by)
  const listed = async (locale: string | null) =>
    (await store().list(locale)).filter(({ name }) => name === 'listed').map((row) => row.locale)

  expect(await listed('de-AT')).toEqual(['de-AT'])
  expect(await listed(null)).toEqual(['de', 'de-AT'])
  expect(await store().listThese([])).toEqual([])
  expect(
    await store().listThese([
      { name: 'listed', locale: 'de-AT' },
      { name: 'other', locale: 'de' },
    ]),
  ).toMatchObject([{ name: 'listed', locale: 'de-AT' }])
})

test('of one name and language there are words for one channel', async () => {
  await store().put({ ...template, name: 'taken' }, by)

  const other = await store().put({ ...template, name: 'taken', channel: 'SMS', subject: null }, by)

  expect(other).toBe('CONFLICT')
  expect(await acts('taken')).toHaveLength(1)
})

test('takes words back, once', async () => {
  await store().put({ ...template, name: 'gone' }, by)

  expect(await store().remove({ ...template, name: 'gone' }, by)).toBe(true)
  expect(await store().remove({ ...template, name: 'gone' }, by)).toBe(false)
  expect((await acts('gone')).map(([action]) => action)).toEqual([
    'notifications.upsert-template',
    'notifications.remove-template',
  ])
})

test('keeps no more than there may be, whoever races, and changes those there are', async () => {
  const [row] = await kit.client`select count(*)::int as held from notifications.templates`
  await kit.client`insert into notifications.templates (name, locale, channel, body)
    select 'filler-' || n, 'en', 'SMS', 'x' from generate_series(1, ${MOST_TEMPLATES - 3 - row?.['held']}::int) n`
  await Promise.all(Array.from({ length: 50 }, () => kit.client`select 1`))

  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => store().put({ ...template, name: `racer-${index}` }, by)),
  )

  expect(answers.filter((answer) => answer !== 'FULL')).toHaveLength(3)
  expect(
    await store().put({ ...template, name: 'filler-1', locale: 'en', channel: 'SMS', subject: null }, by),
  ).toMatchObject({
    name: 'filler-1',
  })
})
