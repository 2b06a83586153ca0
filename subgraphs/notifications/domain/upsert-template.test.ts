import { ITSELF } from '../../shared/audit/act.js'
import type { OperatorTemplate, TemplateStore } from './template-ports.js'
import { makeUpsertTemplate, type TemplateInput } from './upsert-template.js'

type Put = Awaited<ReturnType<TemplateStore['put']>>

const input: TemplateInput = {
  name: 'a',
  locale: 'de-at',
  channel: 'EMAIL',
  subject: 'S',
  body: ' # A\r\n\r\nB\n',
}

function upsert(changes: Partial<TemplateInput>, answer?: Put) {
  const put: OperatorTemplate[] = []
  const act = makeUpsertTemplate({
    templates: {
      async put(template) {
        put.push(template)
        return answer ?? { ...template, updatedAt: new Date(0) }
      },
      remove: async ({ name }) => name === 'a',
    },
    problemsOf: ({ body }) => (body === 'bad' ? [{ code: 'INVALID', field: ['body'] }] : []),
  })
  return act({ ...input, ...changes }, ITSELF).then((result) => ({ result, put }))
}

test('keeps words in the form that all have', async () => {
  const { result, put } = await upsert({})

  expect(put).toEqual([{ name: 'a', locale: 'de-AT', channel: 'EMAIL', subject: 'S', body: '# A\n\nB' }])
  expect(result).toMatchObject({ kind: 'put', template: { locale: 'de-AT' } })
})

test('keeps nothing that cannot be sent', async () => {
  const { result, put } = await upsert({ body: 'bad' })

  expect(put).toEqual([])
  expect(result).toEqual({ kind: 'refused', problems: [{ code: 'INVALID', field: ['body'] }] })
})

test('takes words back where the body is empty', async () => {
  expect((await upsert({ body: ' ' })).result).toEqual({ kind: 'removed' })
  expect((await upsert({ name: 'b', body: '' })).result).toEqual({
    ...{ kind: 'refused', problems: [{ code: 'REQUIRED', field: ['body'] }] },
  })
})

test.each<[Put, string, string]>([
  ['CONFLICT', 'CONFLICT', 'channel'],
  ['FULL', 'INVALID', 'name'],
])('says why it was not kept: %s', async (answer, code, field) => {
  expect((await upsert({}, answer)).result).toEqual({ kind: 'refused', problems: [{ code, field: [field] }] })
})
