import { INCOMPLETE, serveLink } from './link.js'
import { isAboutPassword, PASSWORD_WORDS } from './password-words.js'

const password = document.getElementById('password')

serveLink({
  query: `mutation ResetPassword($token: String!, $password: String!) {
    resetPassword(input: { token: $token, newPassword: $password }) { passwordReset userErrors { code field } }
  }`,
  field: 'resetPassword',
  isDone: ({ passwordReset }) => passwordReset,
  variables: () => ({ password: password.value }),
  words: {
    ...PASSWORD_WORDS,
    EXPIRED: 'This link has expired, or a newer one was sent. Ask for a new link where you sign in.',
    ALREADY_USED: 'This link was used before: the password was set with it. Sign in, or ask for a new link.',
    INVALID: INCOMPLETE,
  },
  again: isAboutPassword,
  success: 'Your new password is set, and every device is signed out. You can sign in now.',
  refused: 'This link does not work. Ask for a new link where you sign in.',
})
