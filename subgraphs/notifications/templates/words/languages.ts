import type { Locale } from '../locales.js'
import { DE } from './de/language.js'
import { EN } from './en/language.js'
import { ES } from './es/language.js'
import { FR } from './fr/language.js'
import { JA } from './ja/language.js'
import type { Language } from './language.js'
import { PT } from './pt/language.js'

export const LANGUAGES: Record<Locale, Language> = { en: EN, de: DE, fr: FR, es: ES, pt: PT, ja: JA }
