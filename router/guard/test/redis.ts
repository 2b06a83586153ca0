import type { Redis } from 'ioredis'

/** Stands for the one command the limiter sends: count up, and say the count and what is left of the window. */
function redisWith(rlflxIncr: (args: string[]) => Promise<[number, number]>): Redis {
  const client = { status: 'ready', defineCommand() {}, rlflxIncr }
  return client as unknown as Redis // the limiter's library calls nothing else of it
}

export function redisThatCounts(): Redis {
  const counts = new Map<string, number>()
  return redisWith(async ([key = '', points, seconds]) => {
    const count = (counts.get(key) ?? 0) + Number(points)
    counts.set(key, count)
    return [count, Number(seconds) * 1000]
  })
}

export function redisThatFails(): Redis {
  return redisWith(() => Promise.reject(new Error('READONLY You can not write against a read only replica.')))
}

export function redisThatHangs(): Redis {
  return redisWith(() => new Promise(() => {}))
}
