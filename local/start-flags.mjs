import { readFileSync } from 'node:fs'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))

/**
 * What `npm start` gives Node, as package.json says it and nothing else does: pauses of the garbage collector are short
 * (bench/README.md). Node takes it on its command line alone, so whoever starts a part hands it on.
 *
 * @type {string[]}
 */
export const START_FLAGS = scripts.start
  .split(' ')
  .filter((/** @type {string} */ word) => word.startsWith('-'))
