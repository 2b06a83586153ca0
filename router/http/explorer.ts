import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import type { FastifyReply } from 'fastify'
import { firstTabs, type Tab } from './first-tabs.js'
import { pageHeaders } from './page-headers.js'

type Page = { gzipped: Buffer; policy: string[] }

/** The explorer, from our own host and self-contained: GET /graphql in a browser. */
export function makeExplorer(inboxUrl: string | undefined) {
  let page: Promise<Page> | null = null

  return async (reply: FastifyReply) => {
    page ??= renderPage(inboxUrl)
    const { gzipped, policy } = await page
    return pageHeaders(reply, policy)
      .type('text/html; charset=utf-8')
      .header('content-encoding', 'gzip')
      .send(gzipped)
  }
}

/**
 * The explorer takes its first tabs from us, but the variables of the open one from the browser's storage alone; so
 * on the first visit they are put there, with their query, or the next visit would open a tab for them.
 */
const firstVisit = (tab: Tab | undefined): string => `
if (localStorage.getItem('graphiql:tabState') === null) {
  localStorage.setItem('graphiql:query', ${JSON.stringify(tab?.query)})
  localStorage.setItem('graphiql:variables', ${JSON.stringify(tab?.variables)})
}`

/** Nine megabytes of page are made and packed once, when somebody first asks. */
async function renderPage(inboxUrl: string | undefined): Promise<Page> {
  const tabs = firstTabs(inboxUrl)
  const page = renderGraphiQL({
    endpoint: '/graphql',
    title: 'Usergraph explorer',
    defaultTabs: tabs,
    shouldPersistHeaders: true,
    credentials: 'same-origin',
  })
  // In its place before the explorer's own script: what comes first in the page runs first.
  const html = page.replace('<script>', () => `<script>${firstVisit(tabs[0])}</script><script>`)
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => hashOf(script))

  return {
    gzipped: await promisify(gzip)(html),
    policy: [
      // Exactly the scripts of this page. The editor writes styles of its own and runs its workers from blobs.
      `script-src ${scripts.join(' ')}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      'font-src data:',
      "worker-src 'self' blob:",
    ],
  }
}

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`
