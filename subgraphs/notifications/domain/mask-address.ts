/** `ada@example.org` becomes `a•••@example.org`: enough to recognise, too little to learn. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return at > 0 ? `${address.slice(0, 1)}•••${address.slice(at)}` : '•••'
}
