import type { StoredTemplate } from '../domain/template-ports.js'
import { type OperatorWords, readOperatorWords } from './operator-words.js'

export type OnFault = (template: Pick<StoredTemplate, 'name' | 'locale'>) => void

/** Reads words that were fit when they were kept; null, and told, where rules of ours have changed since. */
export const makeReadStoredWords =
  (onFault: OnFault) =>
  (template: StoredTemplate): OperatorWords | null => {
    try {
      return readOperatorWords(template)
    } catch {
      onFault(template)
      return null
    }
  }

export type ReadStoredWords = ReturnType<typeof makeReadStoredWords>
