import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { pageHeaders } from './page-headers.js'

const FILES = {
  '/account/verify': { file: 'verify.html', type: 'text/html; charset=utf-8' },
  '/account/verify.js': { file: 'verify.js', type: 'text/javascript; charset=utf-8' },
  '/account/style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
}

/** The pages that mailed links open. Opening one spends nothing: the page posts what stands in the fragment. */
export async function addAccountPages(server: FastifyInstance): Promise<void> {
  for (const [path, { file, type }] of Object.entries(FILES)) {
    const content = await readFile(new URL(`./pages/${file}`, import.meta.url))
    server.get(path, async (_, reply) => pageHeaders(reply).type(type).send(content))
  }
}
