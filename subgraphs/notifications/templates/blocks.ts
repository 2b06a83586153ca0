/** A piece of a mail. Text and HTML are made of the same pieces, so that they cannot come to differ. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'action'; label: string; url: string; hint: string }
  | { kind: 'code'; code: string }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
  | { kind: 'note'; text: string }

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

/** A button, and the address in full for a program that shows no buttons. */
export const action = (label: string, url: string, hint: string): Block => ({
  kind: 'action',
  label,
  url,
  hint,
})

export const code = (text: string): Block => ({ kind: 'code', code: text })

export const facts = (...rows: readonly (readonly [label: string, value: string])[]): Block => ({
  kind: 'facts',
  rows,
})

/** In small print, below the rest. */
export const note = (text: string): Block => ({ kind: 'note', text })
