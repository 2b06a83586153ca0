import { readFile } from 'node:fs/promises'
import { isInFilter } from './password-filter.mjs'

export type IsCommonPassword = (password: string) => boolean | Promise<boolean>

let loading: Promise<Uint8Array> | undefined

/**
 * Whether a password is among the half million most used ones that are long enough to be allowed, in any case.
 *
 * The list is a filter of 2 MiB made by `scripts/build-common-passwords.mjs`; it loads at the first call. Where it
 * cannot be read, no password can be set (SECURITY 1.5).
 */
export const isDictionaryPassword: IsCommonPassword = async (password) => {
  loading ??= readFile(new URL('./common-passwords.bin', import.meta.url))
  return isInFilter(await loading, password.toLowerCase())
}
