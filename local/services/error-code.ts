/** Whether a failed system call says this. Not by `instanceof`: an error from another realm is no `Error` of ours. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code
}
