// Posts the token that stands in the fragment. The fragment never leaves the browser by itself, and is taken out of
// the address bar at once, so that neither history nor a shared screen keeps it.
const message = document.getElementById('message')
const button = document.getElementById('verify')

const token = new URLSearchParams(location.hash.slice(1)).get('token')
history.replaceState(null, '', location.pathname)

const VERIFY = `mutation VerifyEmail($token: String!) {
  verifyEmail(input: { token: $token }) { user { id } userErrors { code field } }
}`

const WORDS = {
  EXPIRED: 'This link has expired, or a newer one was sent. Ask for a new link where you signed up.',
  ALREADY_USED: 'This link was used before: your address is verified. You can sign in.',
  INVALID: 'This link is not complete. Open it again from the mail.',
  REQUIRED: 'This link is not complete. Open it again from the mail.',
  TAKEN:
    'Your address is verified and you can sign in. The username you wanted is taken: choose another one.',
}

const VERIFIED = 'Your address is verified. You can sign in now.'
const REFUSED = 'This link does not work. Ask for a new link where you signed up.'

function show(text, state) {
  message.textContent = text
  document.body.dataset.state = state
}

async function verify() {
  button.disabled = true
  show('One moment …', 'working')
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: VERIFY, variables: { token } }),
    })
    const { data } = await response.json()
    conclude(data.verifyEmail)
  } catch {
    show('That did not work. Check your connection and try again.', 'failed')
    button.disabled = false
  }
}

function conclude({ user, userErrors }) {
  const code = userErrors[0]?.code
  const isVerified = user !== null || code === 'ALREADY_USED'
  show(WORDS[code] ?? (isVerified ? VERIFIED : REFUSED), isVerified ? 'done' : 'failed')
  button.hidden = true
}

// A second link opened in the same tab changes the fragment alone, and a page is not loaded again for that.
addEventListener('hashchange', () => location.reload())

if (token) {
  button.addEventListener('click', verify)
} else {
  show(WORDS.REQUIRED, 'failed')
  button.hidden = true
}
