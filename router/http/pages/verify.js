import { INCOMPLETE, serveLink } from './link.js'

serveLink({
  query: `mutation VerifyEmail($token: String!) {
    verifyEmail(input: { token: $token }) { user { id } userErrors { code field } }
  }`,
  field: 'verifyEmail',
  words: {
    EXPIRED: 'This link has expired, or a newer one was sent. Ask for a new link where you signed up.',
    ALREADY_USED: 'This link was used before: your address is verified. You can sign in.',
    INVALID: INCOMPLETE,
    TAKEN:
      'Your address is verified and you can sign in. The username you wanted is taken: choose another one.',
  },
  done: ['ALREADY_USED'],
  success: 'Your address is verified. You can sign in now.',
  refused: 'This link does not work. Ask for a new link where you signed up.',
})
