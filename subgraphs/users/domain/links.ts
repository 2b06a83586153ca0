import type { NewLink } from './ports.js'

export type LinkDeps = {
  newToken: () => string
  digestOf: (token: string) => Uint8Array
  seal: (secret: string) => Promise<string>
  invitationUrl: string
}

/** Makes a link to be mailed. The token exists in the clear only until it is sealed, here. */
export async function newLink(
  { newToken, digestOf, seal, invitationUrl }: LinkDeps,
  verificationUrl: string,
): Promise<NewLink> {
  const token = newToken()
  return { digest: digestOf(token), sealedToken: await seal(token), verificationUrl, invitationUrl }
}
