const LOOK_MS = 1000

/**
 * Ends with the `npm start` that began it. A terminal's Ctrl-C reaches every process of its group, but a signal sent
 * to npm alone stops at npm's shell and would leave a graph behind that nobody sees.
 */
export function stopWithNpm(): void {
  if (!process.env['npm_lifecycle_event']) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, LOOK_MS).unref()
}
