import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { Channel, Variables } from '../domain/message.js'
import { segmentsOf } from '../domain/segments.js'
import type { ServiceTemplate, ServiceTemplates } from '../domain/sending-ports.js'
import { TEXT_SEGMENTS } from '../limits.js'
import { FALLBACK_LOCALE, localeFor } from './locales.js'
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

type Options = { product: string; isLink: IsLink }

/** What services can send: one plain template for each of their kinds. */
export const serviceTemplates = (options: Options): ServiceTemplates => ({
  async find({ name, channel, locale: wanted }) {
    if (!OURS.includes(name)) return null
    const locale = localeFor(wanted ?? FALLBACK_LOCALE)
    return ourTemplate(options, { name, channel, locale })
  },
})

type Wanted = { name: string; channel: Channel; locale: string }

function ourTemplate({ product, isLink }: Options, { name, channel, locale }: Wanted): ServiceTemplate {
  return {
    locale,
    read(given) {
      const { variables, problems } = readVariables(channel === 'EMAIL' ? MAIL : TEXT, given, isLink)
      const all = [...problems, ...buttonProblems(variables)]
      if (all.length > 0) return { kind: 'refused', problems: all }
      const tooLong = channel === 'SMS' && isTooLong(name, { product, locale, variables, secret: null })
      return tooLong
        ? { kind: 'refused', problems: [{ code: 'TOO_LONG', field: ['text'] }] }
        : { kind: 'read', variables }
    },
  }
}

/** A button is words and where it leads: both, or none. */
function buttonProblems({ label = null, link = null }: Variables): Problem[] {
  if ((label === null) === (link === null)) return []
  return [{ code: 'MISSING_VARIABLE', field: [label === null ? 'label' : 'link'] }]
}

const isTooLong = (name: string, filling: Parameters<typeof renderSms>[1]): boolean =>
  segmentsOf(renderSms(name, filling)).count > TEXT_SEGMENTS
