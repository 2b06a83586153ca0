import type { Logger } from '../../subgraphs/shared/log/logger.js'
import type { EdgeRules } from './edge-rules.js'
import { type KeptFile, keepFile } from './keep-file.js'
import { readEdgeRules } from './read-edge-rules.js'

/** The rules of a file; newer ones are in force from one request to the next, and none is lost. */
export const keepEdgeRules = (path: string, log: Logger): Promise<KeptFile<EdgeRules>> =>
  keepFile({ path, name: 'edge-rules', read: readEdgeRules, log })
