const PATTERN = /^[a-z0-9](?:[a-z0-9]|[._-](?=[a-z0-9])){2,29}$/

/** Names that would let someone speak for the operator. */
const RESERVED = new Set(
  'admin administrator root system support security help info mail postmaster webmaster hostmaster abuse noreply no-reply staff moderator official me null undefined anonymous'.split(
    ' ',
  ),
)

/** The one form in which a username is stored and compared; null when it is not allowed. */
export function normalizeUsername(input: string): string | null {
  if (input.length > 100) return null
  const username = input.normalize('NFKC').toLowerCase()
  return PATTERN.test(username) && !RESERVED.has(username) ? username : null
}
