const { join, relative } = require('node:path')
const { pathToFileURL } = require('node:url')

/**
 * Loads a test file as Node itself does: the built file, in the realm of the process.
 *
 * Jest's own runtime runs each file in a virtual machine, which costs twice: every file loads and links all of its
 * packages anew, and every global that it reads goes through a proxy. Of a race of a hundred callers Drizzle's `is()`,
 * which reads `Object`, took two thirds. What is given up is that a module is fresh for every file: one that many files
 * import keeps what it holds, so a hook belongs into a test file and never into the top level of what it imports.
 */
class NativeRuntime {
  #rootDir
  #environment

  /**
   * @param {{ rootDir: string }} config
   * @param {{ offerJest(): void }} environment
   */
  constructor({ rootDir }, environment) {
    this.#rootDir = rootDir
    this.#environment = environment
  }

  /**
   * What collects and runs the tests of one file: its state is that file's, so it is read anew for each.
   * @param {string} path
   */
  requireInternalModule(path) {
    Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'))
    delete require.cache[path]
    return require(path)
  }

  /** @param {string} path */
  requireModule(path) {
    return require(path)
  }

  unstable_shouldLoadAsEsm() {
    return true
  }

  /** @param {string} path */
  unstable_importModule(path) {
    const built = join(this.#rootDir, 'dist', relative(this.#rootDir, path)).replace(/\.ts$/, '.js')
    return import(pathToFileURL(built).href)
  }

  setGlobalsForRuntime() {
    this.#environment.offerJest()
  }

  /** Those of the build lie beside its files. */
  getSourceMaps() {
    return null
  }

  getAllCoverageInfoCopy() {
    return undefined
  }

  enterTestCode() {}
  leaveTestCode() {}
  teardown() {}
}

module.exports = NativeRuntime
