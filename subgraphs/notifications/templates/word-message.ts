import type { Channel, ClaimedMessage } from '../domain/message.js'
import { inLanguage, inSomeLanguage, regionalOf } from './best-language.js'
import { isTemplate, textNameOf } from './catalogue.js'
import type { Filling } from './filling.js'
import { isTooLong } from './is-too-long.js'
import type { OperatorWords } from './operator-words.js'
import { render } from './render.js'
import { renderSms } from './render-sms.js'
import type { IsLink } from './service-variables.js'
import type { WordsInForce, WordsRead } from './words-in-force.js'

type Worded = Pick<ClaimedMessage, 'kind' | 'template' | 'locale' | 'variables'>

type Options = {
  product: string
  isLink: IsLink
  wordsInForce: WordsInForce
  /** An operator's words could not be filled, and ours were sent. */
  onFault: (template: { name: string; locale: string }) => void
}

/** Words a message as it is to be sent now: in an operator's words where there are any, and in ours where those fail. */
export function makeWordMessage({ product, isLink, wordsInForce, onFault }: Options) {
  /** An operator's words for a message; of a template of their own there are no others. */
  async function wordsFor(
    { template, locale, variables }: Worded,
    channel: Channel,
  ): Promise<WordsRead | null> {
    const wanted = regionalOf(locale, variables)
    if (!isTemplate(template)) return inSomeLanguage(await wordsInForce(template, channel), wanted)
    const name = channel === 'SMS' ? textNameOf(template) : template
    return inLanguage(await wordsInForce(name, channel), wanted)
  }

  async function fill<Filled>(
    message: Worded,
    channel: Channel,
    fillWith: (words: OperatorWords | null) => Filled,
  ): Promise<Filled> {
    const found = await wordsFor(message, channel)
    if (!found || !isTemplate(message.template)) return fillWith(found?.words ?? null)
    try {
      return fillWith(found.words)
    } catch {
      onFault({ name: message.template, locale: found.locale })
      return fillWith(null)
    }
  }

  function textIn(words: OperatorWords | null, message: Worded, secret: string | null): string {
    const text = renderSms(message.template, fillingOf(message, secret), words)
    // What it is filled with has changed, or the words, since it was seen to be short enough.
    if (words && isTooLong({ text })) throw new Error('the words make too long a text')
    return text
  }

  const fillingOf = ({ kind, locale, variables }: Worded, secret: string | null): Filling => ({
    ...{ product, locale, variables, secret, isLink },
    frame: kind === 'PRODUCT_NEWS' ? 'product-news' : 'custom',
  })

  return {
    mail: (message: Worded, secret: string | null, unsubscribePage: string | null = null) =>
      fill(message, 'EMAIL', (words) =>
        render(message.template, { ...fillingOf(message, secret), unsubscribePage }, words),
      ),
    text: (message: Worded, secret: string | null) =>
      fill(message, 'SMS', (words) => textIn(words, message, secret)),
  }
}

export type WordMessage = ReturnType<typeof makeWordMessage>
