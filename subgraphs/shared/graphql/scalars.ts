import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql'

/**
 * The scalars of this graph read leniently: any text passes, and a value that means nothing becomes a `userError`
 * with its field, never a parse error, so that a form can show it where it was typed.
 */
function textScalar(name: string, description: string, specifiedByURL?: string) {
  return new GraphQLScalarType<string, string>({
    name,
    description,
    ...(specifiedByURL && { specifiedByURL }),
    serialize: String,
    parseValue: text,
    parseLiteral: (node) => text(node.kind === Kind.STRING ? node.value : undefined),
  })
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new GraphQLError('A text is expected here.')
  return value
}

export const EmailAddress = textScalar(
  'EmailAddress',
  'Addr-spec of at most 254 octets; NFKC, domain as lower-case A-label on output',
)
export const PhoneNumber = textScalar('PhoneNumber', 'E.164 on output')
export const Jwt = textScalar('JWT', 'Compact JWS')
export const Url = textScalar('URL', 'An absolute URL')
export const Locale = textScalar('Locale', 'BCP 47')
export const TimeZone = textScalar('TimeZone', 'IANA zone')
export const IpAddress = textScalar('IPAddress', 'IPv4 or IPv6')
export const CalendarDate = textScalar('Date', 'A day, as in 2024-02-29')

export const DateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'RFC 3339, always UTC on output',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
  serialize: (value) => new Date(value as string | number | Date).toISOString(), // a time of ours, in one of its three forms
  parseValue: text,
  parseLiteral: (node) => text(node.kind === Kind.STRING ? node.value : undefined),
})

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_JSON_DEPTH = 10

export const Json = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value, at most 10 levels deep',
  serialize: (value) => value,
  parseValue: safeJson,
  parseLiteral: (node, variables) => safeJson(valueFromASTUntyped(node, variables)),
})

function safeJson(value: unknown, depth = 0): unknown {
  if (depth > MAX_JSON_DEPTH) throw new GraphQLError('This value is nested too deeply.')
  if (typeof value !== 'object' || value === null) return value
  for (const [key, inner] of Object.entries(value)) {
    if (FORBIDDEN_KEYS.has(key)) throw new GraphQLError('This value has a key that is not allowed.')
    safeJson(inner, depth + 1)
  }
  return value
}
