import { someActor } from '../../shared/test/requests.js'
import { type ConfirmContactChangeInput, makeConfirmContactChange } from './confirm-contact-change.js'
import type { Account, ContactChange, ContactChangeDone, ContactChangeProof, UndoLink } from './ports.js'

const TOKEN = 'T'.repeat(43)
const UNDO: UndoLink = {
  digest: new Uint8Array([7]),
  sealedToken: 'sealed',
  url: 'https://id.test/account/undo',
}
const DONE: ContactChangeDone = {
  kind: 'done',
  account: { id: 'usr_ada' } as Account, // handed on unread, like the change
  change: { id: 'ccg_1' } as ContactChange,
}
const GRANT = {
  ...{ userId: 'usr_ada', jti: 'jti', expiresAt: new Date('2030-01-01T00:00:00Z') },
  ...{ challengeId: 'chl_1', changeId: 'ccg_1', addressDigest: 'digest' },
}

async function confirmed(
  kind: ContactChange['kind'],
  input: ConfirmContactChangeInput,
  { answer = DONE, userId = 'usr_ada' }: { answer?: ContactChangeDone; userId?: string } = {},
) {
  const asked: { proof: ContactChangeProof; undo: UndoLink }[] = []
  const confirm = makeConfirmContactChange({
    changes: {
      async confirm(proof, undo) {
        asked.push({ proof, undo })
        return answer
      },
    },
    looksLikeToken: (text) => text.length === 43,
    isChangeId: (text) => text.startsWith('ccg_'),
    digestOf: () => new Uint8Array([9]),
    readGrant: async (text) => (text === 'grant' ? GRANT : null),
    makeUndo: async () => UNDO,
  })
  return { result: await confirm({ kind, userId }, input, someActor()), asked }
}

test('by the mailed link, with the link that undoes it made before', async () => {
  const { result, asked } = await confirmed('EMAIL', { token: TOKEN })

  expect(result).toEqual(DONE)
  expect(asked).toEqual([{ proof: { kind: 'EMAIL', digest: new Uint8Array([9]) }, undo: UNDO }])
})

test.each(['EMAIL', 'PHONE'] as const)('by the grant of a code: %s', async (kind) => {
  const { result, asked } = await confirmed(kind, { changeId: 'ccg_1', grant: 'grant' })

  expect(result).toEqual(DONE)
  expect(asked).toMatchObject([{ proof: { kind, changeId: 'ccg_1', grant: GRANT } }])
})

test.each([
  ['EMAIL', {}, 'REQUIRED', 'token'],
  ['EMAIL', { token: 'short' }, 'INVALID', 'token'],
  ['EMAIL', { token: TOKEN, grant: 'grant', changeId: 'ccg_1' }, 'INVALID', 'grant'],
  ['EMAIL', { grant: 'grant' }, 'REQUIRED', 'changeId'],
  ['PHONE', {}, 'REQUIRED', 'grant'],
  ['PHONE', { token: TOKEN }, 'REQUIRED', 'grant'],
  ['PHONE', { grant: 'another', changeId: 'ccg_1' }, 'EXPIRED', 'grant'],
  ['PHONE', { grant: 'grant', changeId: 'usr_1' }, 'EXPIRED', 'grant'],
] as const)('%s with %j is refused before anything is spent', async (kind, input, code, field) => {
  const { result, asked } = await confirmed(kind, input)

  expect(result).toEqual({ kind: 'refused', problems: [{ code, field: [field] }] })
  expect(asked).toEqual([])
})

test('1.3: of somebody else’s change of a number a grant is as good as none', async () => {
  const { result, asked } = await confirmed(
    'PHONE',
    { changeId: 'ccg_1', grant: 'grant' },
    { userId: 'usr_bob' },
  )

  expect(result).toEqual({ kind: 'refused', problems: [{ code: 'EXPIRED', field: ['grant'] }] })
  expect(asked).toEqual([])
})

test('what the store refuses is told at what was given', async () => {
  const used = { kind: 'refused', reason: 'ALREADY_USED' } as const

  expect((await confirmed('EMAIL', { token: TOKEN }, { answer: used })).result).toMatchObject({
    problems: [{ code: 'ALREADY_USED', field: ['token'] }],
  })
  expect(
    (await confirmed('PHONE', { changeId: 'ccg_1', grant: 'grant' }, { answer: used })).result,
  ).toMatchObject({
    problems: [{ code: 'ALREADY_USED', field: ['grant'] }],
  })
})
