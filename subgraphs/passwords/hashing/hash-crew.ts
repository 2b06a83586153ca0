import { type HashChild, startHashChild } from './hash-child.js'

export type HashCrew = {
  /** A child that has nothing to do, taken out of the idle ones; whoever takes it gives it back. */
  takeIdle(): HashChild | undefined
  giveBack(child: HashChild): void
  stop(): Promise<void>
}

type Options = { size: number; onFree: () => void; onChildReady?: ((pid: number) => void) | undefined }

/** A child that cannot even start would otherwise be forked again without pause. */
const RESTART_AFTER_FAILED_START_MS = 1_000

/** Keeps `size` worker processes running and replaces the ones that die. */
export function createHashCrew({ size, onFree, onChildReady }: Options): HashCrew {
  const children = new Set<HashChild>()
  const idle = new Set<HashChild>()
  let stopped = false

  function start() {
    if (stopped) return
    const child = startHashChild({
      onReady(ready) {
        onChildReady?.(ready.pid ?? 0)
        giveBack(ready)
      },
      onEnd(ended, { wasReady }) {
        children.delete(ended)
        idle.delete(ended)
        if (wasReady) start()
        else setTimeout(start, RESTART_AFTER_FAILED_START_MS).unref()
      },
    })
    children.add(child)
  }

  function giveBack(child: HashChild) {
    if (!children.has(child)) return // it died at work and has been replaced
    idle.add(child)
    onFree()
  }

  for (let started = 0; started < size; started += 1) start()

  return {
    takeIdle() {
      const [child] = idle
      if (child) idle.delete(child)
      return child
    },
    giveBack,
    async stop() {
      stopped = true
      await Promise.all([...children].map((child) => child.stop()))
    },
  }
}
