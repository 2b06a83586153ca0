import {
  CompleteStepUpDocument,
  type CompleteStepUpInput,
  type CompleteStepUpMutation,
} from './__generated__/operations.js'
import { isUnauthenticated } from './errors.js'
import type { Renew } from './renew.js'
import { rootField } from './root-field.js'
import type { Session } from './session.js'
import type { Send } from './transport.js'

/** Without tokens, so that none ends up in a log or a state tree. */
export type StepUpResult = Omit<CompleteStepUpMutation['completeStepUp'], 'tokens'>

type Deps = { session: Session; send: Send; renew: Renew }

/** Proves again who is signed in; from then on this client holds the tokens of the session that follows. */
export function makeCompleteStepUp({ session, send, renew }: Deps) {
  const complete = (input: CompleteStepUpInput): Promise<StepUpResult> =>
    session.inTurn(async () => {
      const { accessToken } = await session.read()
      const answer = await send({ document: CompleteStepUpDocument, variables: { input }, accessToken })
      const { tokens, ...result } = rootField(answer, 'completeStepUp')
      if (tokens) await session.begin(tokens, result.session?.user?.id ?? null)
      return result
    })

  return async (input: CompleteStepUpInput): Promise<StepUpResult> => {
    const { accessToken } = await session.read()
    try {
      return await complete(input)
    } catch (error) {
      // A renewal takes its turn too, so it waits outside of this one's. A ticket outlives the token it was made with.
      if (!isUnauthenticated(error) || !(await renew(accessToken))) throw error
      return complete(input)
    }
  }
}
