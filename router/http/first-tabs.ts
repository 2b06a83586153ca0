export type Tab = { query: string; variables?: string; headers?: string }

/** What the explorer opens with: the story of one account, a tab for each step. */
export const firstTabs = (inboxUrl: string | undefined): [Tab, ...Tab[]] => [
  {
    query: `# 1. Register. The welcome mail goes to
# ${inboxUrl ?? 'the mailbox of this address'}
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    nextStep
    userErrors { code message field }
  }
}
`,
    variables: JSON.stringify(
      {
        input: {
          email: 'ada@example.com',
          username: 'ada',
          password: 'correct horse battery',
          profile: { displayName: 'Ada' },
        },
      },
      null,
      2,
    ),
  },
  {
    query: `# 2. Verify: open the link of the mail and press the
# button, or paste what follows #token= below.
mutation VerifyEmail($token: String!) {
  verifyEmail(input: { token: $token }) {
    user { id emailVerified }
    userErrors { code message }
  }
}
`,
    variables: JSON.stringify({ token: 'from the mail' }, null, 2),
  },
  {
    query: `# 3. Sign in. What stands under user is answered as the
# person who has just signed in. Copy the access token
# into the headers of the next tab.
mutation Login($input: LoginInput!) {
  login(input: $input) {
    result {
      ... on LoginSuccess {
        tokens { accessToken accessTokenExpiresAt }
        session { id device { name } }
        user { username email }
        isNewDevice
      }
    }
    userErrors { code message }
  }
}
`,
    variables: JSON.stringify(
      { input: { identifier: { email: 'ada@example.com' }, password: 'correct horse battery' } },
      null,
      2,
    ),
  },
  {
    query: `# 4. One operation, four subgraphs.
# The access token goes into the headers below.
query Me {
  me {
    id
    username
    email
    emailVerified
    sessions(first: 5) { nodes { isCurrent device { name } createdAt } }
    password { isSet changedAt }
    notifications(first: 5) { nodes { kind status createdAt } }
  }
}
`,
    headers: JSON.stringify({ authorization: 'Bearer <access token>' }, null, 2),
  },
]
