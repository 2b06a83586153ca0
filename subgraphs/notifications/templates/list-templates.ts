import type { StoredTemplate, TemplateStore, TemplateView } from '../domain/template-ports.js'
import { LOCALES } from './locales.js'
import { FILLED_BY_US, readOperatorWords } from './operator-words.js'
import { OUR_NAMES, ourTemplate } from './our-template.js'

/** Of words that nobody has changed. */
const AS_IT_CAME = new Date(0)

/** All words in force, in one language or in all: an operator's, and ours where there are none of theirs. */
export const makeListTemplates =
  ({ list }: Pick<TemplateStore, 'list'>) =>
  async (locale: string | null): Promise<TemplateView[]> => {
    const stored = await list()
    const theirs = new Set(stored.map(keyOf))
    const ours = OUR_WORDS.filter((template) => !theirs.has(keyOf(template)))
    return [...stored, ...ours]
      .filter((template) => locale === null || template.locale === locale)
      .map(viewOf)
  }

const keyOf = ({ name, locale }: StoredTemplate): string => `${locale}/${name}`

const OUR_WORDS: readonly StoredTemplate[] = OUR_NAMES.flatMap((name) => {
  const ours = ourTemplate(name)
  if (!ours) return []
  return LOCALES.map((locale) => {
    const { subject, body } = ours.wordsIn(locale)
    return { name, locale, channel: ours.channel, subject, body: plain(body), updatedAt: AS_IT_CAME }
  })
})

/** As it would be written, without the indent that it has in a source file. */
function plain(body: string): string {
  return body.replace(/^ +/gm, '').trim()
}

export const viewOf = (template: StoredTemplate): TemplateView => ({
  ...template,
  variables: [...readOperatorWords(template).look.names]
    .filter((name) => !FILLED_BY_US.includes(name))
    .toSorted((one, other) => one.localeCompare(other)),
})
