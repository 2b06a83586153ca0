import { parse } from 'graphql'
import { EdgeRules } from '../../edge/edge-rules.js'
import { clientSchema } from '../../plan/client-schema.js'
import { NOTES, PEOPLE, supergraphOf } from '../../plan/test/supergraph.js'
import type { OperationFacts } from '../facts.js'
import { type Analysis, analyseOperation } from '../operation-facts.js'
import { readRules } from '../rules.js'

const supergraphSdl = supergraphOf(PEOPLE, NOTES)
const schema = clientSchema(supergraphSdl)
const result = readRules(supergraphSdl)

/** What the guard makes of a document asked of the small test graph. */
export function analyse(source: string, operationName?: string): Analysis {
  if (result.kind === 'refused') throw new Error(result.faults.join('\n'))
  return analyseOperation(parse(source), operationName, schema, result.rules, EdgeRules.parse({}).documents)
}

export function factsOf(source: string, operationName?: string): OperationFacts {
  const analysis = analyse(source, operationName)
  if (analysis.kind === 'rejected') throw new Error(`${analysis.code}: ${analysis.reason}`)
  return analysis.facts
}

/** The code a document is refused with, or null where it may run. */
export function refusalOf(source: string, operationName?: string): string | null {
  const analysis = analyse(source, operationName)
  return analysis.kind === 'rejected' ? analysis.code : null
}
