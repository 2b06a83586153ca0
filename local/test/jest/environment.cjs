const { ModernFakeTimers } = require('@jest/fake-timers')
const { ModuleMocker } = require('jest-mock')

/** The process itself. What a test file may have changed in it is put back when the file ends. */
class NativeEnvironment {
  global = globalThis
  #timers
  #mocker = new ModuleMocker(globalThis)
  #env = { ...process.env }
  #console = globalThis.console
  #exit = process.exit

  /** @param {{ projectConfig: ConstructorParameters<typeof ModernFakeTimers>[0]['config'] }} config */
  constructor({ projectConfig }) {
    this.#timers = new ModernFakeTimers({ config: projectConfig, global: globalThis })
  }

  /** Of `jest` what the tests use. */
  offerJest() {
    const [timers, mocker] = [this.#timers, this.#mocker]
    Object.assign(globalThis, {
      jest: {
        spyOn: mocker.spyOn.bind(mocker),
        useFakeTimers: timers.useFakeTimers.bind(timers),
        useRealTimers: timers.useRealTimers.bind(timers),
        advanceTimersByTime: timers.advanceTimersByTime.bind(timers),
      },
    })
  }

  /** There is no virtual machine. */
  getVmContext() {
    return null
  }

  async setup() {}

  async teardown() {
    this.#timers.dispose()
    this.#mocker.restoreAllMocks()
    globalThis.console = this.#console
    process.exit = this.#exit
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name]
    Object.assign(process.env, this.#env)
  }
}

module.exports = NativeEnvironment
