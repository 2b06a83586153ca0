// What every page behind a mailed link does: it posts the token that stands in the fragment on a press, and says what
// came of it. The fragment never leaves the browser by itself.
import { token } from './token.js'
import { say, sayAll } from './words.js'

const message = document.getElementById('message')
const button = document.getElementById('act')
/** Only on a page that asks for more than the press. */
const form = document.getElementById('form')

sayAll()

function show(text, state) {
  message.textContent = say(text)
  document.body.dataset.state = state
}

function hide() {
  const asked = form ?? button
  asked.hidden = true
}

/**
 * `field` is the mutation, `variables` what it is given besides the token, `words` what to say for each code, `done` the
 * codes after which all is well, `again` tells those that another try may put right, and `success` and `refused` are what
 * else there is to say. `isDone` reads what was answered.
 */
export function serveLink({
  query,
  field,
  variables = () => ({}),
  words,
  isDone = ({ user }) => user !== null,
  done = [],
  again = () => false,
  success,
  refused,
}) {
  async function post(event) {
    event.preventDefault()
    button.disabled = true
    show('One moment …', 'working')
    try {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { token, ...variables() } }),
      })
      const { data } = await response.json()
      conclude(data[field])
    } catch {
      show('That did not work. Check your connection and try again.', 'failed')
      button.disabled = false
    }
  }

  function conclude(payload) {
    const code = payload.userErrors[0]?.code
    if (code && again(code)) {
      show(words[code] ?? refused, 'failed')
      button.disabled = false
      return
    }
    const isWell = isDone(payload) || done.includes(code)
    show(words[code] ?? (isWell ? success : refused), isWell ? 'done' : 'failed')
    hide()
  }

  // A second link opened in the same tab changes the fragment alone, and a page is not loaded again for that.
  addEventListener('hashchange', () => location.reload())

  if (token && form) form.addEventListener('submit', post)
  else if (token) button.addEventListener('click', post)
  else {
    show(INCOMPLETE, 'failed')
    hide()
  }
}

export const INCOMPLETE = 'This link is not complete. Open it again from the message.'
