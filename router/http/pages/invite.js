import { INCOMPLETE, serveLink } from './link.js'

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
    PASSWORD_TOO_SHORT: 'This password is too short. Take a longer one.',
    PASSWORD_TOO_LONG: 'This password is too long. Take a shorter one.',
    PASSWORD_COMMON: 'This password is one of the most used. Take another one.',
    PASSWORD_CONTAINS_IDENTITY: 'This password contains your name or address. Take another one.',
    PASSWORD_PREDICTABLE: 'This password is a repetition or a sequence. Take another one.',
  },
  again: (code) => code.startsWith('PASSWORD_'),
  success: 'The account is yours. You can sign in now.',
  refused: 'This link does not work. Ask whoever invited you for a new one.',
})
