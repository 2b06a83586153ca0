import type { OperatorTemplate } from '../domain/template-ports.js'
import { EXAMPLES } from './examples.js'
import type { Filling } from './filling.js'
import type { FilledWords } from './is-too-long.js'
import type { OperatorWords } from './operator-words.js'
import { ourTemplate } from './our-template.js'
import { render } from './render.js'
import { renderSms } from './render-sms.js'
import type { Place, Places } from './service-variables.js'

const SAMPLES: Record<Place['type'], string | number> = {
  TEXT: 'Lorem ipsum',
  NUMBER: 2,
  LINK: 'https://id.example.org/',
}

const PRODUCT = 'Usergraph'

/** What stands in each place of an operator's own template until somebody says what is to. */
export const sampleVariables = (places: Places): Record<string, string | number> =>
  Object.fromEntries(Object.entries(places).map(([name, { type }]) => [name, SAMPLES[type]]))

/** What words become with every example there is; throws where one cannot be filled. */
export function fillAsExample(
  { name, locale, channel }: OperatorTemplate,
  words: OperatorWords,
): FilledWords[] {
  const ours = ourTemplate(name)
  const template = ours?.template ?? name
  const examples = ours
    ? EXAMPLES[ours.template]
    : [{ variables: { ...sampleVariables(words.places), name: 'Ada Lovelace' }, secret: null }]

  return examples.map((example) => {
    const filling: Filling = { product: PRODUCT, locale, isLink: () => true, ...example }
    return channel === 'EMAIL'
      ? render(template, filling, words)
      : { text: renderSms(template, filling, words) }
  })
}
