import { INCOMPLETE, serveLink } from './link.js'

serveLink({
  query: `mutation ConfirmEmailChange($token: String!) {
    confirmEmailChange(input: { token: $token }) { user { id } userErrors { code field } }
  }`,
  field: 'confirmEmailChange',
  words: {
    EXPIRED: 'This link has expired, or a newer change took its place. Ask for the change again.',
    ALREADY_USED: 'This link was used before: the change is made.',
    TAKEN: 'This address belongs to another account by now. Nothing was changed.',
    INVALID: INCOMPLETE,
  },
  done: ['ALREADY_USED'],
  success: 'This is the email address of your account now. Your old address gets a notice.',
  refused: 'This link does not work. Ask for the change again.',
})
