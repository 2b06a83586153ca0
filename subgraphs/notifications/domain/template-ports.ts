import type { Actor } from '../../shared/audit/act.js'
import type { Channel } from './message.js'

/** Words of an operator's: of one of ours in their place, or of a template of their own. */
export type OperatorTemplate = {
  name: string
  locale: string
  channel: Channel
  /** Null in a text. */
  subject: string | null
  body: string
}

export type StoredTemplate = OperatorTemplate & { updatedAt: Date }

export type TemplateKey = Pick<OperatorTemplate, 'name' | 'locale'>

/** Words in force, with what they are filled with. */
export type TemplateView = StoredTemplate & { variables: string[] }

export type TemplateStore = {
  /** In every language. */
  findByName(name: string, channel: Channel): Promise<StoredTemplate[]>
  /** In one language, or in all. */
  list(locale: string | null): Promise<StoredTemplate[]>
  /** Those there are, in no order. */
  listThese(keys: readonly TemplateKey[]): Promise<StoredTemplate[]>
  /** Null where the name has words of the other channel in this language; FULL where there are as many as there may be. */
  put(template: OperatorTemplate, by: Actor): Promise<StoredTemplate | 'CONFLICT' | 'FULL'>
  /** False where there was none. */
  remove(template: Pick<OperatorTemplate, 'name' | 'locale' | 'channel'>, by: Actor): Promise<boolean>
}
