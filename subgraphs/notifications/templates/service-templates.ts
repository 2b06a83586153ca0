import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { Channel, Variables } from '../domain/message.js'
import type { ServiceTemplate, ServiceTemplates } from '../domain/sending-ports.js'
import type { StoredTemplate, TemplateStore } from '../domain/template-ports.js'
import { inLanguage, inSomeLanguage } from './best-language.js'
import { textNameOf } from './catalogue.js'
import type { Filling } from './filling.js'
import { type FilledWords, isTooLong } from './is-too-long.js'
import { FALLBACK_LOCALE, localeFor } from './locales.js'
import type { OperatorWords } from './operator-words.js'
import { looksLikeOurs, ourTemplate } from './our-template.js'
import type { ReadStoredWords } from './read-stored-words.js'
import { render } from './render.js'
import { renderSms } from './render-sms.js'
import { type IsLink, LONGEST_LINK, type Places, readVariables } from './service-variables.js'

/** The ones of ours that services may use. All others tell of what has happened here, and are nobody else's to send. */
const OURS: readonly string[] = ['custom', 'product-news']

const TEXT: Places = { text: { type: 'TEXT', longest: 1000 } }

const MAIL: Places = {
  ...TEXT,
  title: { type: 'TEXT', longest: 120 },
  label: { type: 'TEXT', longest: 40, mayLack: true },
  link: { type: 'LINK', longest: LONGEST_LINK, mayLack: true },
}

type Options = {
  product: string
  isLink: IsLink
  findByName: TemplateStore['findByName']
  readStored: ReadStoredWords
}

type Used = {
  name: string
  channel: Channel
  locale: string
  places: Places
  words: OperatorWords | null
  isOurs: boolean
}

/** What services can send: templates of operators, and one plain one of ours for each of their kinds. */
export const serviceTemplates = (options: Options): ServiceTemplates => ({
  async find({ name, channel, locale: wanted }) {
    if (OURS.includes(name)) {
      const places = channel === 'EMAIL' ? MAIL : TEXT
      const locale = localeFor(wanted ?? FALLBACK_LOCALE)
      const words = await wordsInPlaceOf(options, { name, channel, locale })
      return templateOf(options, { name, channel, locale, places, words, isOurs: true })
    }
    if (ourTemplate(name) || looksLikeOurs(name)) return null
    // As it is this moment: whoever has just kept it may use it at once, in whichever process.
    const found = inSomeLanguage(await options.findByName(name, channel), wanted)
    return found && ownTemplate(options, found)
  },
})

/** What an operator has put in the place of one of ours. */
async function wordsInPlaceOf(
  { findByName, readStored }: Options,
  { name, channel, locale }: Pick<Used, 'name' | 'channel' | 'locale'>,
): Promise<OperatorWords | null> {
  const stored = await findByName(channel === 'SMS' ? textNameOf(name) : name, channel)
  const found = inLanguage(stored, locale)
  return found && readStored(found)
}

function ownTemplate(options: Options, template: StoredTemplate): ServiceTemplate | null {
  const words = options.readStored(template)
  return words && templateOf(options, { ...template, places: words.places, words, isOurs: false })
}

const templateOf = ({ product, isLink }: Options, used: Used): ServiceTemplate => ({
  locale: used.locale,
  read(given) {
    const { variables, problems } = readVariables(used.places, given, isLink)
    if (used.isOurs) problems.push(...buttonProblems(variables))
    if (problems.length > 0) return { kind: 'refused', problems }
    const problem = fillingProblem(used, { product, locale: used.locale, variables, secret: null, isLink })
    return problem ? { kind: 'refused', problems: [problem] } : { kind: 'read', variables }
  },
})

/** A button is words and where it leads: both, or none. */
function buttonProblems({ label = null, link = null }: Variables): Problem[] {
  if ((label === null) === (link === null)) return []
  return [{ code: 'MISSING_VARIABLE', field: [label === null ? 'label' : 'link'] }]
}

/** Filled once before it is promised: what cannot be sent is told to who can mend it. */
function fillingProblem(used: Used, filling: Filling): Problem | null {
  if (!used.isOurs) return isTooLong(filledWith(used.words, used, filling)) ? tooLong() : null
  // Ours too: an operator may take theirs back before it is sent.
  const filled = [theirsOrNull(used, filling), filledWith(null, used, filling)]
  return filled.some((words) => words && isTooLong(words)) ? tooLong('text') : null
}

/** Null where ours are sent in their place. */
function theirsOrNull(used: Used, filling: Filling): FilledWords | null {
  try {
    return used.words && filledWith(used.words, used, filling)
  } catch {
    return null
  }
}

const filledWith = (words: OperatorWords | null, { name, channel }: Used, filling: Filling): FilledWords =>
  channel === 'EMAIL' ? render(name, filling, words) : { text: renderSms(name, filling, words) }

const tooLong = (...field: string[]): Problem => ({ code: 'TOO_LONG', field })
