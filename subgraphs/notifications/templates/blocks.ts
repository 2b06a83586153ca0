/**
 * A piece of a mail, filled in. Text and HTML are each written from the same pieces, by hand and not one from the other,
 * so that they cannot come to differ.
 */
export type Block =
  | { kind: 'paragraph'; text: string }
  /** In small print, below the rest. */
  | { kind: 'note'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'action'; label: string; url: string; hint: string }
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
