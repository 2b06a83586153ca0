import type { Channel } from '../domain/message.js'
import type { TemplateStore } from '../domain/template-ports.js'
import type { OperatorWords } from './operator-words.js'
import type { ReadStoredWords } from './read-stored-words.js'

/** Another process has changed words at most this long before they are in force here. */
const FRESH_MS = 3000
const MOST = 200

export type WordsRead = { locale: string; words: OperatorWords }

type Options = {
  findByName: TemplateStore['findByName']
  now: () => number
  /** Words that cannot be read any more count as none. */
  readStored: ReadStoredWords
}

/** Words that operators have put in place of ours, as they are to be sent now, in every language there is of a name. */
export function createWordsInForce({ findByName, now, readStored }: Options) {
  const known = new Map<string, { at: number; words: Promise<WordsRead[]> }>()

  async function read(name: string, channel: Channel): Promise<WordsRead[]> {
    return (await findByName(name, channel)).flatMap((template) => {
      const words = readStored(template)
      return words ? { locale: template.locale, words } : []
    })
  }

  function remember(key: string, words: Promise<WordsRead[]>): void {
    const [oldest] = known.keys()
    if (known.size >= MOST && oldest !== undefined) known.delete(oldest)
    const entry = { at: now(), words }
    known.set(key, entry)
    // A fault is not remembered, and told to who asked.
    words.catch(() => known.get(key) === entry && known.delete(key))
  }

  return function wordsInForce(name: string, channel: Channel): Promise<WordsRead[]> {
    const key = `${channel}/${name}`
    const found = known.get(key)
    if (found && now() - found.at < FRESH_MS) return found.words
    known.delete(key)
    const words = read(name, channel)
    remember(key, words)
    return words
  }
}

export type WordsInForce = ReturnType<typeof createWordsInForce>
