import type { Actor } from '../../shared/audit/act.js'
import type { Problem } from '../../shared/errors/user-error-codes.js'
import { isLanguageTag } from './language-tag.js'
import type { Channel } from './message.js'
import type { OperatorTemplate, StoredTemplate, TemplateStore } from './template-ports.js'

export type TemplateInput = {
  name: string
  locale: string
  channel: Channel
  subject?: string | null | undefined
  body: string
}

export type UpsertTemplateResult =
  | { kind: 'put'; template: StoredTemplate }
  | { kind: 'removed' }
  | { kind: 'refused'; problems: Problem[] }

type Deps = {
  templates: Pick<TemplateStore, 'put' | 'remove'>
  /** What stands against words being sent. */
  problemsOf: (template: OperatorTemplate) => Problem[]
}

/** Keeps an operator's words, which are in force from then on; without a body they go, and ours are in force again. */
export function makeUpsertTemplate({ templates, problemsOf }: Deps) {
  return async function upsertTemplate(input: TemplateInput, by: Actor): Promise<UpsertTemplateResult> {
    const template = normalized(input)
    return template.body === '' ? remove(template, by) : put(template, by)
  }

  async function put(template: OperatorTemplate, by: Actor): Promise<UpsertTemplateResult> {
    const problems = problemsOf(template)
    if (problems.length > 0) return { kind: 'refused', problems }
    const stored = await templates.put(template, by)
    if (stored === 'CONFLICT') return refused({ code: 'CONFLICT', field: ['channel'] })
    // As many as there may be.
    if (stored === 'FULL') return refused({ code: 'INVALID', field: ['name'] })
    return { kind: 'put', template: stored }
  }

  async function remove(template: OperatorTemplate, by: Actor): Promise<UpsertTemplateResult> {
    const removed = await templates.remove(template, by)
    return removed ? { kind: 'removed' } : refused({ code: 'REQUIRED', field: ['body'] })
  }
}

const normalized = ({ name, locale, channel, subject = null, body }: TemplateInput) => ({
  ...{ name, channel, subject },
  locale: isLanguageTag(locale) ? (Intl.getCanonicalLocales(locale)[0] ?? locale) : locale,
  body: body.replaceAll('\r\n', '\n').trim(),
})

const refused = (problem: Problem): UpsertTemplateResult => ({ kind: 'refused', problems: [problem] })
