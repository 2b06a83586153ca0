import { INCOMPLETE, serveLink } from './link.js'
import { isAboutPassword, PASSWORD_WORDS } from './password-words.js'

const password = document.getElementById('password')

serveLink({
  query: `mutation AcceptInvitation($token: String!, $password: String!) {
    register(input: { invitationToken: $token, password: $password }) { user { id } userErrors { code field } }
  }`,
  field: 'register',
  variables: () => ({ password: password.value }),
  words: {
    EXPIRED: 'This link has expired, or a newer one was sent. Ask whoever invited you for a new one.',
    ALREADY_USED: 'This link was used before: the account is taken over. Sign in, or reset the password.',
    INVALID: INCOMPLETE,
    // The operator's own page takes consent; ours does not know the terms.
    REQUIRED: 'This service has terms to agree to, which this page does not show. Ask whoever invited you.',
    ...PASSWORD_WORDS,
  },
  again: isAboutPassword,
  success: 'The account is yours. You can sign in now.',
  refused: 'This link does not work. Ask whoever invited you for a new one.',
})
