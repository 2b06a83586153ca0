// npm start: installs what is missing, compiles, and runs everything in one process.
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()
await build()
const entry = process.argv.includes('--processes') ? 'start-processes.js' : 'start.js'
await import(pathToFileURL(`${import.meta.dirname}/../dist/local/${entry}`).href)
