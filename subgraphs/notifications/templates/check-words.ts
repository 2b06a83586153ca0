import type { Problem, UserErrorCode } from '../../shared/errors/user-error-codes.js'
import type { Channel } from '../domain/message.js'
import type { OperatorTemplate } from '../domain/template-ports.js'
import { MOST_PLACES } from '../limits.js'
import { fillAsExample } from './fill-as-example.js'
import { isTooLong } from './is-too-long.js'
import { LOCALES } from './locales.js'
import { type OperatorWords, readOperatorWords } from './operator-words.js'
import { looksLikeOurs, ourTemplate } from './our-template.js'
import { variableProblems } from './variable-problems.js'

const OWN_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const LONGEST_NAME = 64
const LONGEST_SUBJECT = 100
const LONGEST_BODY: Record<Channel, number> = { EMAIL: 10_000, SMS: 1000 }

/** A language that we have words around an operator's in, or one of its countries. */
const LOCALE = new RegExp(`^(?:${LOCALES.join('|')})(?:-(?:[A-Z]{2}|\\d{3}))?$`)

/** Signs that are not seen or move others: no line of a mail or a text needs them. */
const UNSEEN = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/u

export type Checked = { kind: 'fit'; words: OperatorWords } | { kind: 'refused'; problems: Problem[] }

/** Sees that words can be sent in place of ours, or as a template of the operator's own (SECURITY 9.3, 11.5). */
export function checkWords(template: OperatorTemplate): Checked {
  const problems = [...namingProblems(template), ...subjectProblems(template), ...bodyProblems(template)]
  if (problems.length > 0) return { kind: 'refused', problems }
  const words = readOrNull(template)
  if (!words) return refused('INVALID')
  if (words.look.places > MOST_PLACES) return refused('TOO_LONG')

  const unfit = variableProblems(template, words)
  if (unfit.length > 0) return { kind: 'refused', problems: unfit }
  const unfilled = fillingProblem(template, words)
  return unfilled ? refused(unfilled) : { kind: 'fit', words }
}

function namingProblems({ name, locale, channel }: OperatorTemplate): Problem[] {
  const problems: Problem[] = []
  const ours = ourTemplate(name)
  const isName = !looksLikeOurs(name) && name.length <= LONGEST_NAME && OWN_NAME.test(name)
  if (!isName) problems.push(problem('INVALID', 'name'))
  if (!LOCALE.test(locale)) problems.push(problem('INVALID', 'locale'))
  if (ours && ours.channel !== channel) problems.push(problem('INVALID', 'channel'))
  return problems
}

/** Fixed: nothing that is filled in reaches a header. */
function subjectProblems({ channel, subject }: OperatorTemplate): Problem[] {
  if (channel === 'SMS') return subject === null ? [] : [problem('INVALID', 'subject')]
  if (subject === null || subject.trim() === '') return [problem('REQUIRED', 'subject')]
  if (subject.length > 2 * LONGEST_SUBJECT || [...subject].length > LONGEST_SUBJECT)
    return [problem('TOO_LONG', 'subject')]
  return UNSEEN.test(subject) || /[{}]/.test(subject) ? [problem('INVALID', 'subject')] : []
}

function bodyProblems({ channel, body }: OperatorTemplate): Problem[] {
  if (body.length > LONGEST_BODY[channel]) return [problem('TOO_LONG', 'body')]
  return UNSEEN.test(body.replaceAll('\n', '')) ? [problem('INVALID', 'body')] : []
}

function readOrNull(template: OperatorTemplate): OperatorWords | null {
  try {
    return readOperatorWords(template)
  } catch {
    return null // no words of ours or of ICU MessageFormat; which piece it was is not told by the library
  }
}

function fillingProblem(template: OperatorTemplate, words: OperatorWords): UserErrorCode | null {
  try {
    const filled = fillAsExample(template, words)
    if (filled.some(({ text }) => text.trim() === '')) return 'REQUIRED'
    return filled.some(isTooLong) ? 'TOO_LONG' : null
  } catch {
    return 'INVALID' // something that the words name is not there, or is of another type
  }
}

const problem = (code: UserErrorCode, ...field: string[]): Problem => ({ code, field })

const refused = (code: UserErrorCode): Checked => ({ kind: 'refused', problems: [problem(code, 'body')] })
