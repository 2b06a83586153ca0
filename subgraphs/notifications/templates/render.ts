import { CATALOGUE, FALLBACK_LOCALE } from './catalogue.js'
import type { Filling } from './define-template.js'

type Rendered = { subject: string; text: string; html: string }

/** Fills a template in a language that `localeFor` gave. */
export function render(name: string, filling: Filling): Rendered {
  const template = translationsOf(name)[filling.locale] ?? translationsOf(name)[FALLBACK_LOCALE]
  return { subject: template.subject, text: template.text(filling), html: template.html(filling) }
}

/** The closest language a template has: `de-AT`, else `de`, else English. */
export function localeFor(name: string, wanted: string): string {
  const translations = translationsOf(name)
  const language = wanted.split('-')[0] ?? ''
  return [wanted, language].find((locale) => Object.hasOwn(translations, locale)) ?? FALLBACK_LOCALE
}

function translationsOf(name: string) {
  const translations = Object.hasOwn(CATALOGUE, name) ? CATALOGUE[name] : undefined
  if (!translations) throw new Error(`no template is named ${name}`)
  return translations
}
