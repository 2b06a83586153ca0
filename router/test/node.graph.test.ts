import { ask } from './seed/ask.js'
import { someWithRole } from './seed/operators.js'
import { someVerified } from './seed/people.js'

const NODES = `query($ids: [ID!]!) { nodes(ids: $ids) {
  __typename id
  ... on User { username email sessions { nodes { id } } }
  ... on Session { device { kind } user { username } }
} }`

describe('node', () => {
  test('finds a person and their sessions wherever they are held, for themselves and for staff', async () => {
    const [ada, support] = [await someVerified(), await someWithRole('support')]
    const { tokens, userId, sessionId } = await ada.signIn()
    const variables = { ids: [sessionId, userId, 'ses_01jz0000000000000000000000'] }

    const byHerself = await ask(NODES, { token: tokens.accessToken, variables })
    const byStaff = await ask(NODES, { token: support.session.tokens.accessToken, variables })

    for (const answer of [byHerself, byStaff]) {
      expect(answer.errors).toBeUndefined()
      expect(answer.data).toEqual({
        nodes: [
          {
            __typename: 'Session',
            id: sessionId,
            device: { kind: 'OTHER' },
            user: { username: ada.username },
          },
          {
            ...{ __typename: 'User', id: userId, username: ada.username, email: ada.email },
            sessions: { nodes: [{ id: sessionId }] },
          },
          null,
        ],
      })
    }
  })

  test("1.3: what is somebody else's is not there", async () => {
    const [ada, bob] = [await someVerified(), await someVerified()]
    const { userId, sessionId } = await ada.signIn()

    const answer = await ask(NODES, {
      token: (await bob.signIn()).tokens.accessToken,
      variables: { ids: [userId, sessionId] },
    })

    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual({ nodes: [null, null] })
  })
})
