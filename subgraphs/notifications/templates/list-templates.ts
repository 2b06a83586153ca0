import type { StoredTemplate, TemplateKey, TemplateStore, TemplateView } from '../domain/template-ports.js'
import { MOST_TEMPLATES } from '../limits.js'
import { LOCALES } from './locales.js'
import { FILLED_BY_US, type OperatorWords, readOperatorWords } from './operator-words.js'
import { OUR_NAMES, ourTemplate } from './our-template.js'
import type { ReadStoredWords } from './read-stored-words.js'

/** Of words that nobody has changed. */
const AS_IT_CAME = new Date(0)

const keyOf = ({ name, locale }: TemplateKey): string => `${locale}/${name}`

type Options = Pick<TemplateStore, 'list' | 'listThese'> & { readStored: ReadStoredWords }

/** Words as they are listed. Reading them for what is filled in is what costs, so it is done once for each. */
export function createTemplateViews({ list, listThese, readStored }: Options) {
  const known = new Map<string, Pick<TemplateView, 'channel' | 'body' | 'variables'>>()
  let read: readonly TemplateView[] | null = null

  function ours(): readonly TemplateView[] {
    read ??= ourViews()
    return read
  }

  function variablesIn(template: StoredTemplate): string[] {
    const { channel, body } = template
    const key = keyOf(template)
    const found = known.get(key)
    if (found?.body === body && found.channel === channel) return found.variables
    // Listed all the same: there an operator sees what to mend.
    const variables = variablesOf(readStored(template))
    remember(key, { channel, body, variables })
    return variables
  }

  function remember(key: string, read: Pick<TemplateView, 'channel' | 'body' | 'variables'>): void {
    const [oldest] = known.keys()
    if (known.size >= MOST_TEMPLATES && oldest !== undefined) known.delete(oldest)
    known.set(key, read)
  }

  const viewOf = (template: StoredTemplate): TemplateView => ({
    ...template,
    variables: variablesIn(template),
  })

  return {
    viewOf,
    /** In the order of the keys, in one statement. */
    async findMany(keys: readonly TemplateKey[]): Promise<(TemplateView | null)[]> {
      const stored = new Map((await listThese(keys)).map((template) => [keyOf(template), template]))
      return keys.map((key) => {
        const theirs = stored.get(keyOf(key))
        return theirs ? viewOf(theirs) : (ours().find((view) => keyOf(view) === keyOf(key)) ?? null)
      })
    },
    /** All words in force, in one language or in all: an operator's, and ours where there are none of theirs. */
    async list(locale: string | null): Promise<TemplateView[]> {
      const stored = await list(locale)
      const theirs = new Set(stored.map(keyOf))
      return [
        ...stored.map(viewOf),
        ...ours().filter((view) => isIn(locale, view) && !theirs.has(keyOf(view))),
      ]
    },
  }
}

const isIn = (locale: string | null, template: TemplateKey): boolean =>
  locale === null || template.locale === locale

const ourViews = (): TemplateView[] =>
  OUR_NAMES.flatMap((name) => {
    const ours = ourTemplate(name)
    if (!ours) return []
    return LOCALES.map((locale) => {
      const { subject, body } = ours.wordsIn(locale)
      const { channel } = ours
      const template = { name, locale, channel, subject, body: plain(body), updatedAt: AS_IT_CAME }
      return { ...template, variables: variablesOf(readOperatorWords(template)) }
    })
  })

/** As it would be written, without the indent that it has in a source file. */
function plain(body: string): string {
  return body.replace(/^ +/gm, '').trim()
}

const variablesOf = (words: OperatorWords | null): string[] =>
  [...(words?.look.names ?? [])]
    .filter((name) => !FILLED_BY_US.includes(name))
    .toSorted((one, other) => one.localeCompare(other))
