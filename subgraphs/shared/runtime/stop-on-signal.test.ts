import { createLogger } from '../log/logger.js'
import { stopOnSignal } from './stop-on-signal.js'

const EVENTS = ['SIGINT', 'SIGTERM', 'disconnect', 'unhandledRejection', 'uncaughtException']

// What ends it in any case would end the tests.
beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

test('ends where its parent was gone before anybody listened', async () => {
  const before = new Map(EVENTS.map((event) => [event, process.listeners(event as 'exit')])) // of any event
  const { connected, exit } = process
  try {
    const ended = new Promise((resolve) => {
      Object.assign(process, { exit: resolve })
    })
    Object.assign(process, { connected: false })
    let stopped = false

    stopOnSignal(createLogger({ level: 'silent' }), async () => {
      stopped = true
    })

    expect(await ended).toBe(0)
    expect(stopped).toBe(true)
  } finally {
    Object.assign(process, { connected, exit })
    for (const event of EVENTS) {
      for (const listener of process.listeners(event as 'exit')) {
        if (!before.get(event)?.includes(listener)) process.off(event, listener)
      }
    }
  }
})
