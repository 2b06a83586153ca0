import * as z from 'zod'
import { PUBLIC_EVENTS, PUBLIC_TYPES } from './catalogue.js'

/**
 * What endpoints are told as a JSON Schema, each type by its name, for whoever makes types or checks of it. Fields may be
 * added to a type, so more than is named is let through.
 */
export function webhookJsonSchema() {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What webhooks tell',
    description: 'The body of a webhook, by its type. Fields may be added: ignore what is not named here.',
    oneOf: PUBLIC_TYPES.map((type) => ({ $ref: `#/$defs/${type}` })),
    $defs: Object.fromEntries(
      PUBLIC_EVENTS.map(({ type, data }) => [type, { title: type, ...bodyOf(type, data) }]),
    ),
  }
}

function bodyOf(type: string, data: z.ZodType) {
  const body = z.object({ type: z.literal(type), timestamp: happenedAt, data })
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: 'input', override: readable })
  return schema
}

const happenedAt = z.iso.datetime().describe('When it happened.')

/** The pattern of a time fills five lines and says no more than its format. */
function readable({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }): void {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
}
