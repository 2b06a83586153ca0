import * as z from 'zod'
import { isOrigin } from '../../subgraphs/shared/env/fragments.js'

const READABLE = ['x-request-id', 'retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']

export const cors = z
  .strictObject({
    origins: z
      .array(
        z
          .string()
          .regex(/^[^*]+$/, 'must be one origin: there is no pattern')
          .refine(isOrigin, 'must be an origin without a path, like https://app.acme.example'),
      )
      .max(1000)
      .default([])
      .describe('Who may send requests, besides our own origin, `ALLOWED_ORIGINS` and those of `APPS_FILE`'),
    credentials: z
      .boolean()
      .default(true)
      .describe(
        'Whether browsers send cookies with requests of other origins; without them nobody refreshes from there',
      ),
    maxAgeSeconds: z
      .int()
      .min(0)
      .max(86_400)
      .default(600)
      .describe('How long a browser remembers what it may send'),
    exposedHeaders: z
      .array(z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be the name of a header, in lower case'))
      .max(50)
      .default(READABLE)
      .describe('What scripts of other origins may read of an answer'),
  })
  .prefault({})
  .describe('Browsers at other origins. Every one is listed: there is no way to list all (SECURITY 2.2)')
