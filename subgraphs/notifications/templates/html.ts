/** HTML that is safe to put into HTML. Made by `html` alone, so whatever else is put in is escaped. */
export class Html {
  constructor(readonly source: string) {}
}

/** What may be put into HTML. */
export type Value = string | Html | readonly Html[]

/** Writes HTML. Every value that is not HTML already is escaped, so no template can forget to. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  const parts = literals.map((literal, index) => literal + sourceOf(values[index] ?? ''))
  return new Html(parts.join(''))
}

function sourceOf(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value)
  return value instanceof Html ? value.source : value.map(({ source }) => source).join('')
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
