import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as z from 'zod'
import type { AttributeNamespace } from './domain/attributes.js'

const MAX_ATTRIBUTES = 100

const Name = z.string().regex(/^[a-z][A-Za-z0-9-]{0,31}$/, 'must be letters, digits and hyphens')

/** Strict: a keyword that it does not know is a mistake, not a wish. A reference to another file is never fetched. */
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, ownProperties: true, addUsedSchema: false })
addFormats.default(ajv)

const Schema = z
  .union([z.boolean(), z.record(z.string(), z.unknown())])
  .transform((schema, context): ((value: unknown) => boolean) => {
    try {
      const validate = ajv.compile(schema)
      // `$async` would answer a promise, which is not `true`: nothing would be accepted.
      return (value) => validate(value) === true
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a JSON Schema' })
      return z.NEVER
    }
  })

const Namespace = z
  .strictObject({
    namespace: Name,
    writtenBy: z.enum(['owner', 'staff']),
    visibleToOwner: z.boolean().default(true),
    /** A JSON Schema (2020-12) by key. */
    attributes: z.record(Name, Schema),
  })
  .refine(({ writtenBy, visibleToOwner }) => writtenBy === 'staff' || visibleToOwner, {
    path: ['visibleToOwner'],
    message: 'must be true of what its owner writes',
  })

/** What an operator keeps of people beyond our own fields. */
export const AttributesFile = z
  .array(Namespace)
  .check(({ value, issues }) => {
    for (const [index, { namespace }] of value.entries()) {
      if (value.findIndex((other) => other.namespace === namespace) < index) {
        const path = [index, 'namespace']
        issues.push({ code: 'custom', path, message: 'is there already', input: null })
      }
    }
    const count = value.reduce((sum, { attributes }) => sum + Object.keys(attributes).length, 0)
    if (count > MAX_ATTRIBUTES) {
      const message = `has more than ${MAX_ATTRIBUTES} attributes`
      issues.push({ code: 'custom', path: [], message, input: null })
    }
  })
  .transform((namespaces): AttributeNamespace[] =>
    namespaces.map(({ writtenBy, attributes, ...rest }) => ({
      ...rest,
      writtenBy: writtenBy === 'owner' ? 'OWNER' : 'STAFF',
      attributes: new Map(Object.entries(attributes)),
    })),
  )
