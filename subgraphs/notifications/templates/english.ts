/** What all English mails have in common. */
export const ENGLISH = {
  greeting: (name: string | null) => (name ? `Hello ${name},` : 'Hello,'),
  footer: (product: string) =>
    `You get this message because of an account at ${product}. It was sent automatically; replies are not read.`,
} as const

export const COPY_LINK = 'If the button does not work, copy this address into your browser:'
