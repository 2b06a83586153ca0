import { INCOMPLETE, serveLink } from './link.js'

serveLink({
  query: `mutation Unsubscribe($token: String!) {
    unsubscribe(token: $token) { accepted userErrors { code field } }
  }`,
  field: 'unsubscribe',
  words: { INVALID: INCOMPLETE },
  isDone: ({ accepted }) => accepted,
  success: 'You get no more messages of this kind. In your account you can have them again.',
  refused: 'This link does not work. You can say in your account what you want to be told.',
})
