import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { Variables } from '../domain/message.js'
import type { StoredTemplate, TemplateStore } from '../domain/template-ports.js'
import { inLanguage, inSomeLanguage } from './best-language.js'
import { EXAMPLES } from './examples.js'
import type { Facts } from './facts.js'
import { sampleVariables } from './fill-as-example.js'
import type { Filling } from './filling.js'
import { inertWords } from './inert.js'
import { localeFor } from './locales.js'
import type { OperatorWords } from './operator-words.js'
import { type OurTemplate, ourTemplate } from './our-template.js'
import type { ReadStoredWords } from './read-stored-words.js'
import { render } from './render.js'
import { renderSms } from './render-sms.js'
import { type IsLink, readVariables } from './service-variables.js'

export type Previewed =
  | { kind: 'previewed'; subject: string | null; text: string; html: string | null }
  | { kind: 'unknown' }
  /** The argument that means nothing. */
  | { kind: 'refused'; field: string }

type Asked = { template: string; locale: string; variables: unknown }

type Options = {
  product: string
  findByName: TemplateStore['findByName']
  readStored: ReadStoredWords
}

/** Words that cannot be read any more: whoever keeps them is to write them anew. */
const UNREADABLE: Previewed = { kind: 'refused', field: 'template' }

/** Shows what would be sent now, with examples where nothing else is said. Nothing is sent. */
export function makePreview({ product, findByName, readStored }: Options) {
  async function find(name: string, ours: OurTemplate | null, locale: string) {
    if (ours) return inLanguage(await findByName(name, ours.channel), locale)
    const rows = [...(await findByName(name, 'EMAIL')), ...(await findByName(name, 'SMS'))]
    return inSomeLanguage(rows, locale)
  }

  return async function previewTemplate({ template: name, locale, variables }: Asked): Promise<Previewed> {
    const ours = ourTemplate(name)
    const stored = await find(name, ours, locale)
    const words = stored && readStored(stored)
    if (stored && !words) return UNREADABLE
    if (ours) return previewOurs(ours, words, { product, locale: localeFor(locale), given: variables })
    return stored && words ? previewOwn({ ...stored, words }, product, variables) : { kind: 'unknown' }
  }
}

/** A preview is read by who asks for it; where its button would lead is theirs to know. */
const isLink: IsLink = (address) => URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)

type Ours = { product: string; locale: string; given: unknown }

function previewOurs(
  ours: OurTemplate,
  words: OperatorWords | null,
  { product, locale, given }: Ours,
): Previewed {
  const places = Object.entries(ours.places).map(([name, place]) => [name, { ...place, mayLack: true }])
  const { variables, problems } = readVariables(Object.fromEntries(places), given, isLink)
  if (problems[0]) return refused(problems[0])
  const filling = { product, locale, ...EXAMPLES[ours.template][0], instead: harmless(variables) }
  return shown(ours.channel, ours.template, filling, words)
}

/** What was given; where nothing was, the example stays. */
function harmless(variables: Variables): Facts {
  const given = Object.entries(variables).filter(([, value]) => value !== null)
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      // An address has passed `isLink`.
      typeof value === 'string' && name !== 'link' ? inertWords(value) : value,
    ]),
  )
}

const refused = ({ field = [] }: Problem): Previewed => ({
  kind: 'refused',
  field: ['variables', ...field].join('.'),
})

type Own = StoredTemplate & { words: OperatorWords }

function previewOwn({ words, ...stored }: Own, product: string, given: unknown): Previewed {
  const example = sampleVariables(words.places)
  const isRecord = typeof given === 'object' && given !== null && !Array.isArray(given)
  const { variables, problems } = readVariables(
    words.places,
    isRecord ? { ...example, ...given } : given,
    isLink,
  )
  if (problems[0]) return refused(problems[0])
  const filling = {
    product,
    locale: stored.locale,
    variables: { ...variables, name: 'Ada Lovelace' },
    secret: null,
    isLink,
  }
  return shown(stored.channel, stored.name, filling, words)
}

function shown(
  channel: StoredTemplate['channel'],
  template: string,
  filling: Filling,
  words: OperatorWords | null,
): Previewed {
  if (channel === 'EMAIL') return { kind: 'previewed', ...render(template, filling, words) }
  return { kind: 'previewed', subject: null, text: renderSms(template, filling, words), html: null }
}
