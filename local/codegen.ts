import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { generate, loadCodegenConfig } from '@graphql-codegen/cli'
import { lexicographicSortSchema, printSchema } from 'graphql'
import * as z from 'zod'
import { EdgeRules } from '../router/edge/edge-rules.js'
import { clientSchema } from '../router/plan/client-schema.js'
import { webhookJsonSchema } from '../subgraphs/notifications/webhooks/json-schema.js'
import { mailLayout } from './mail-layout.js'

// npm run codegen: supergraph.graphql → sdk/schema.graphql, what clients may rely on → sdk/__generated__/; the JSON schema of
// router/router.yaml, for editors, and that of what webhooks tell, for those who receive them; mail.mjml, the layout of mails, →
// functions that fill it; all committed.
// With --check it writes nothing and fails where a committed file is stale.

type GeneratedFile = { filename: string; content: string }

const check = process.argv.includes('--check')
const stale: string[] = []

async function put(path: string, text: string): Promise<void> {
  const committed = await readFile(path, 'utf8').catch(() => null)
  if (committed === text) return
  if (check) {
    stale.push(path)
    return
  }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

const supergraphSdl = await readFile('supergraph.graphql', 'utf8')
const publicSdl = `${printSchema(lexicographicSortSchema(clientSchema(supergraphSdl)))}\n`
await put('sdk/schema.graphql', publicSdl)

// The SDL just made stands in for the committed one, so that --check sees through a stale one.
const { config } = await loadCodegenConfig({ configFilePath: 'codegen.yml' })
const files: GeneratedFile[] = await generate({ ...config, schema: publicSdl, silent: true }, false)
for (const { filename, content } of files) await put(filename, content)

const edgeSchema = z.toJSONSchema(EdgeRules, { io: 'input' })
await put('router/router.schema.json', `${JSON.stringify(edgeSchema, null, 2)}\n`)
await put('docs/webhook-events.schema.json', `${JSON.stringify(webhookJsonSchema(), null, 2)}\n`)

const mails = 'subgraphs/notifications/templates'
await put(`${mails}/__generated__/mail.ts`, await mailLayout(await readFile(`${mails}/mail.mjml`, 'utf8')))

if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run npm run codegen and commit what it writes.`)
  process.exit(1)
}
