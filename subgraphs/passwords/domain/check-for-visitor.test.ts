import { AppError } from '../../shared/errors/app-error.js'
import { makeCheckForVisitor } from './check-for-visitor.js'

const WORD = 'x'.repeat(256)

async function checkedWith(userInputs: string[]) {
  const checked: unknown[] = []
  const checkForVisitor = makeCheckForVisitor(async (candidate) => {
    checked.push(candidate)
    return { acceptable: true, score: 4, reasons: [], suggestions: [] }
  })
  const outcome = await checkForVisitor({ password: 'correct horse', userInputs }).catch(
    (error: unknown) => error,
  )
  return { outcome, checked }
}

test('checks a password against as many words as fit a form', async () => {
  const userInputs = Array.from({ length: 20 }, () => WORD)

  const { checked } = await checkedWith(userInputs)

  expect(checked).toEqual([{ password: 'correct horse', identity: userInputs }])
})

test.each([
  ['more than 20 words', Array.from({ length: 21 }, () => 'ada')],
  ['a word of more than 256 characters', ['ada', `${WORD}x`]],
])('refuses %s before reading any (SECURITY 9.6)', async (_, userInputs) => {
  const { outcome, checked } = await checkedWith(userInputs)

  expect(outcome).toEqual(new AppError('BAD_USER_INPUT', { field: 'userInputs' }))
  expect(outcome).toMatchObject({ details: { field: 'userInputs' } })
  expect(checked).toEqual([])
})
