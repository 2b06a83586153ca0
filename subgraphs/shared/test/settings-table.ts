import { readFileSync } from 'node:fs'

/** The settings a README names in its table, to be held against what `env.ts` reads. */
export function settingsListedIn(readme: URL): Set<string> {
  const text = readFileSync(readme, 'utf8')
  const table = text.slice(text.indexOf('## Settings'))
  return new Set([...table.matchAll(/^\| `([A-Z_]+)`/gm)].flatMap(([, name]) => name ?? []))
}
