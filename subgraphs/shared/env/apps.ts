import * as z from 'zod'
import { isOrigin, unlessEmpty } from './fragments.js'
import { jsonFile } from './json-file.js'

/** Clients that are no registered app, and an operator at the command line, as sessions and the audit log name them. */
const TAKEN_NAMES = ['web', 'operator']

const App = z.strictObject({
  /** `client_id` of its tokens. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens')
    .refine((name) => !TAKEN_NAMES.includes(name), 'is taken'),
  /** Where its pages are, as browsers say it. */
  origins: z.array(z.string().refine(isOrigin, 'must be an origin without a path')).min(1).max(20),
  /** Pages of it that a request may name for a link in a mail. */
  pages: z
    .array(z.url({ protocol: /^https?$/ }).refine((url) => !url.includes('#'), 'must have no fragment'))
    .max(20)
    .default([]),
  /** How it gets its refresh token: as a cookie that only the router reads, or in the body. */
  tokenDelivery: z.enum(['COOKIE', 'BODY']),
})

export type App = z.output<typeof App>

export const AppsFile = z
  .array(App)
  .max(100)
  .check(({ value: apps, issues }) => {
    for (const field of ['name', 'origins'] as const) {
      const seen = new Set<string>()
      for (const [index, app] of apps.entries()) {
        for (const one of [app[field]].flat()) {
          if (seen.has(one)) {
            const message = 'is named twice'
            issues.push({ code: 'custom', path: [index, field], message, input: null })
          }
          seen.add(one)
        }
      }
    }
  })

export const AppsEnv = z.object({
  /** Frontends that use this graph: where they are, and how they get their tokens. */
  APPS_FILE: unlessEmpty(jsonFile(AppsFile)),
})

type Registered = z.output<typeof AppsEnv>

export const originsOf = ({ APPS_FILE = [] }: Registered): string[] =>
  APPS_FILE.flatMap(({ origins }) => origins)

export const pagesOf = ({ APPS_FILE = [] }: Registered): string[] => APPS_FILE.flatMap(({ pages }) => pages)

/** The app that an origin belongs to; native clients have none. */
export const appOf = ({ APPS_FILE = [] }: Registered, origin: string | null): App | null =>
  APPS_FILE.find(({ origins }) => origin !== null && origins.includes(origin)) ?? null
