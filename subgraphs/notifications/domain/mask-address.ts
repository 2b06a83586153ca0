/** `ada@example.org` becomes `a•••@example.org`, a number its last two digits: enough to recognise, too little to learn. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (at > 0) return `${address.slice(0, 1)}•••${address.slice(at)}`
  return /^\+\d+$/.test(address) ? `+•••${address.slice(-2)}` : '•••'
}
