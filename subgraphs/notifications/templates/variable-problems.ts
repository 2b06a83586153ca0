import type { Problem } from '../../shared/errors/user-error-codes.js'
import type { Channel } from '../domain/message.js'
import type { OperatorTemplate } from '../domain/template-ports.js'
import { FILLED_BY_US, type OperatorWords } from './operator-words.js'
import { ourTemplate } from './our-template.js'

/** What a message is nothing without: they stand outside of any choice. */
const NEEDED = ['link', 'code']

/** Sees that only what a message knows is named in words, in its place, and that nothing it needs is missing. */
export function variableProblems({ name, channel }: OperatorTemplate, words: OperatorWords): Problem[] {
  const ours = ourTemplate(name)
  return ours ? problemsInPlaceOf(ours.names, words) : problemsOfOwn(channel, words)
}

function problemsInPlaceOf(known: ReadonlySet<string>, { look, addresses }: OperatorWords): Problem[] {
  const unknown = [...look.names].filter((name) => !known.has(name))
  const missing = NEEDED.filter((name) => known.has(name) && !look.always.has(name))
  // A button to a name or a time leads nowhere.
  const unfit = [...addresses].filter((name) => name !== 'link')
  return [
    ...[...new Set([...unknown, ...unfit])].map((name) => problem('INVALID', 'body', name)),
    ...missing.map((name) => problem('MISSING_VARIABLE', 'body', name)),
  ]
}

/** An address among the words would be an address that nobody looked at; a text holds no person's name (SECURITY 9.3). */
function problemsOfOwn(channel: Channel, { addresses, spoken, look }: OperatorWords): Problem[] {
  const unfit = [...addresses].filter((name) => spoken.has(name) || FILLED_BY_US.includes(name))
  const counted = FILLED_BY_US.filter((name) => look.numbers.has(name))
  const personal = channel === 'SMS' && look.names.has('name') ? ['name'] : []
  return [...new Set([...unfit, ...counted, ...personal])].map((name) => problem('INVALID', 'body', name))
}

const problem = (code: Problem['code'], ...field: string[]): Problem => ({ code, field })
