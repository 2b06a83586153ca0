import { createHash } from 'node:crypto'
import { stripIgnoredCharacters } from 'graphql'
import * as z from 'zod'
import type { ReadFile } from '../edge/keep-file.js'

/** Apollo's form of a manifest, which its tools write for any app; codegen writes ours. */
const Manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1).max(200), body: z.string().min(1) })),
})

/** Operations that apps are known to send. */
export type Operations = { bodies: ReadonlyMap<string, string>; digests: ReadonlySet<string> }

export type Safelist = {
  /** The operation that an app calls by this id. */
  find(id: string): string | null
  /** Whether it is known, whatever spaces, commas and comments it is written with. */
  lists(query: string): boolean
}

export function readManifest(text: string): ReadFile<Operations> {
  const read = Manifest.safeParse(contentOf(text))
  if (!read.success) {
    return {
      kind: 'faulty',
      faults: read.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`),
    }
  }
  const { operations } = read.data
  return {
    kind: 'read',
    value: {
      bodies: new Map(operations.map(({ id, body }) => [bareId(id), body])),
      digests: new Set(operations.map(({ body }) => digestOf(body)).filter((digest) => digest !== null)),
    },
  }
}

/** All manifests together, as they are now. */
export function makeSafelist(manifests: readonly (() => Operations)[]): Safelist {
  return {
    find(id) {
      const bodies = manifests.map((current) => current().bodies.get(bareId(id)))
      return bodies.find((body) => body !== undefined) ?? null
    },
    lists(query) {
      const digest = digestOf(query)
      return digest !== null && manifests.some((current) => current().digests.has(digest))
    },
  }
}

/** `sha256:…` of the GraphQL-over-HTTP drafts and the bare digest of Apollo's clients are one id. */
const bareId = (id: string): string => id.replace(/^sha256:/, '')

/** Null for what is no GraphQL. */
function digestOf(query: string): string | null {
  try {
    return createHash('sha256').update(stripIgnoredCharacters(query)).digest('base64url')
  } catch {
    return null // it cannot be read, so it is on no list
  }
}

function contentOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no JSON: it has no shape at all
  }
}
