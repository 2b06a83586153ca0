/** Runs what it is given one after the other, however each of them ends. */
export function createQueue() {
  let last: Promise<unknown> = Promise.resolve()

  return function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = last.then(act)
    last = turn.catch(() => undefined)
    return turn
  }
}
