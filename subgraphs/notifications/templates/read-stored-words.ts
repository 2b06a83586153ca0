import type { StoredTemplate } from '../domain/template-ports.js'
import { type OperatorWords, readOperatorWords } from './operator-words.js'
import { variableProblems } from './variable-problems.js'

export type OnFault = (template: Pick<StoredTemplate, 'name' | 'locale'>) => void

/** Reads words that were fit when they were kept; null, and told, where rules of ours, or what a message knows, have changed since. */
export const makeReadStoredWords =
  (onFault: OnFault) =>
  (template: StoredTemplate): OperatorWords | null => {
    try {
      const words = readOperatorWords(template)
      if (variableProblems(template, words).length > 0) throw new Error('the words name what is not there')
      return words
    } catch {
      onFault(template)
      return null
    }
  }

export type ReadStoredWords = ReturnType<typeof makeReadStoredWords>
