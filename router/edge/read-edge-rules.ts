import { type Document, LineCounter, parseDocument } from 'yaml'
import type * as z from 'zod'
import { EdgeRules } from './edge-rules.js'
import type { ReadFile } from './keep-file.js'

/** Reads the text of a rules file, or says everything that is wrong with it: the line, the path and why. */
export function readEdgeRules(text: string): ReadFile<EdgeRules> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) {
    return {
      kind: 'faulty',
      faults: document.errors.map(({ pos, code }) => `line ${lines.linePos(pos[0]).line}: no YAML (${code})`),
    }
  }

  const read = EdgeRules.safeParse(contentOf(document) ?? {})
  if (read.success) return { kind: 'read', value: read.data }
  return { kind: 'faulty', faults: read.error.issues.flatMap((issue) => faultsOf(issue)) }

  function faultsOf(issue: z.core.$ZodIssue): string[] {
    if (issue.code !== 'unrecognized_keys') return [`${placeOf(issue.path)}: ${issue.message}`]
    return issue.keys.map((key) => `${placeOf([...issue.path, key])}: is no rule`)
  }

  function placeOf(path: readonly PropertyKey[]): string {
    const name = path.map(String).join('.') || 'the file'
    const range = rangeOf(document.getIn(path, true)) ?? rangeOf(document.getIn(path.slice(0, -1), true))
    return range === null ? name : `line ${lines.linePos(range).line}: ${name}`
  }
}

/** Names for parts of the file itself are not followed: a few lines of them can stand for a billion values. */
function contentOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch {
    return 'a name for a part of the file itself' // which has no shape of ours
  }
}

function rangeOf(node: unknown): number | null {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
  return Array.isArray(range) ? Number(range[0]) : null
}
