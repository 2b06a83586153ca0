import type { Viewer } from '../identity/viewer.js'

/** What a field is asked with, as a resolver is given it: of its types, and with the defaults of the schema. */
export type GivenArguments = Readonly<Record<string, unknown>>

/** What `@policy` names. It decides by what it is handed, at once and alone: it asks nobody, and changes nothing. */
export type Policy = {
  /** Whom it lets in, in a few words; `npm run rules` prints them. */
  says: string
  /** Before anything runs: whether it may hold for this caller, who is known. The router asks, and the subgraph again. */
  mayHold(viewer: Viewer, given: GivenArguments): boolean
  /** Of a policy about rows: whether it holds for this one. Only the subgraph that owns the row can ask. */
  holdsFor?(viewer: Viewer, row: unknown): boolean
}
