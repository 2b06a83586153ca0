import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { ensureInstalled } from './ensure-installed.mjs'

ensureInstalled()
await build()
await import(pathToFileURL(`${import.meta.dirname}/../dist/local/rules.js`).href)
