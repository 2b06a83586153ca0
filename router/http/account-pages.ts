import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { pageHeaders } from './page-headers.js'

const HTML = 'text/html; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'

const FILES = {
  '/account/verify': { file: 'verify.html', type: HTML },
  '/account/verify.js': { file: 'verify.js', type: SCRIPT },
  '/account/confirm': { file: 'confirm.html', type: HTML },
  '/account/confirm.js': { file: 'confirm.js', type: SCRIPT },
  '/account/undo': { file: 'undo.html', type: HTML },
  '/account/undo.js': { file: 'undo.js', type: SCRIPT },
  '/account/invite': { file: 'invite.html', type: HTML },
  '/account/invite.js': { file: 'invite.js', type: SCRIPT },
  '/account/reset': { file: 'reset.html', type: HTML },
  '/account/reset.js': { file: 'reset.js', type: SCRIPT },
  '/account/unsubscribe': { file: 'unsubscribe.html', type: HTML },
  '/account/unsubscribe.js': { file: 'unsubscribe.js', type: SCRIPT },
  '/account/password-words.js': { file: 'password-words.js', type: SCRIPT },
  '/account/link.js': { file: 'link.js', type: SCRIPT },
  '/account/token.js': { file: 'token.js', type: SCRIPT },
  '/account/words.js': { file: 'words.js', type: SCRIPT },
  '/account/words/de.js': { file: 'words/de.js', type: SCRIPT },
  '/account/words/es.js': { file: 'words/es.js', type: SCRIPT },
  '/account/words/fr.js': { file: 'words/fr.js', type: SCRIPT },
  '/account/words/ja.js': { file: 'words/ja.js', type: SCRIPT },
  '/account/words/pt.js': { file: 'words/pt.js', type: SCRIPT },
  '/account/style.css': { file: 'style.css', type: 'text/css; charset=utf-8' },
}

/** The pages that mailed links open. Opening one spends nothing: the page posts what stands in the fragment. */
export async function addAccountPages(server: FastifyInstance): Promise<void> {
  for (const [path, { file, type }] of Object.entries(FILES)) {
    const content = await readFile(new URL(`./pages/${file}`, import.meta.url))
    server.get(path, async (_, reply) => pageHeaders(reply).type(type).send(content))
  }
}
