import { EXAMPLES } from '../../subgraphs/notifications/templates/examples.js'
import { LOCALES } from '../../subgraphs/notifications/templates/locales.js'
import { render } from '../../subgraphs/notifications/templates/render.js'

/** The mail that `welcome/de/0` names: a message, a language, and the number of its example. Null for no such mail. */
export function examplePage(path: string, product: string): string | null {
  const [name = '', wanted, number] = path.split('/')
  const locale = LOCALES.find((known) => known === wanted)
  const example = Object.entries(EXAMPLES).find(([known]) => known === name)?.[1][Number(number)]
  return locale && example ? render(name, { product, locale, ...example }).html : null
}
