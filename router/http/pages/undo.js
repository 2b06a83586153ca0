import { INCOMPLETE, serveLink } from './link.js'

serveLink({
  query: `mutation RevertContactChange($token: String!) {
    revertContactChange(input: { token: $token }) { user { id } userErrors { code field } }
  }`,
  field: 'revertContactChange',
  words: {
    EXPIRED: 'This link has expired. Ask whoever runs this service for help.',
    ALREADY_USED: 'This link was used before: the change is undone.',
    INVALID: INCOMPLETE,
  },
  done: ['ALREADY_USED'],
  success:
    'Your previous address or number is restored, and every session of your account has ended. Sign in and change your password.',
  refused: 'This link does not work. Ask whoever runs this service for help.',
})
