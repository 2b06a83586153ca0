import {
  CompleteLoginDocument,
  type CompleteLoginInput,
  LoginDocument,
  type LoginInput,
  type LoginOutcomeFragment,
} from './__generated__/operations.js'
import type { Answer } from './answer.js'
import type { Delivery } from './renew.js'
import { rootField } from './root-field.js'
import type { Session } from './session.js'
import type { Send } from './transport.js'

/** How tokens travel is this client's affair. */
export type SignInInput = Omit<LoginInput, 'tokenDelivery' | 'deviceToken'>

type WithoutTokens<Result> = Result extends unknown ? Omit<Result, 'tokens'> : never

/** Without tokens, so that none ends up in a log or a state tree. */
export type SignInResult = {
  result: WithoutTokens<NonNullable<LoginOutcomeFragment['result']>> | null
  userErrors: LoginOutcomeFragment['userErrors']
}

type Deps = { session: Session; send: Send; delivery: Delivery }

export function makeSignIn({ session, send, delivery }: Deps) {
  return {
    signIn: (input: SignInInput): Promise<SignInResult> =>
      session.inTurn(async () => {
        const { deviceToken } = await session.read()
        const device = delivery === 'BODY' ? { deviceToken } : {}
        // Without the access token of an earlier session: one that has expired would have this refused.
        const answer = await send({
          document: LoginDocument,
          variables: { input: { ...input, ...device, tokenDelivery: delivery } },
        })
        return begin(session, readOutcome(answer, 'login'))
      }),

    /** The next step, where `signIn` answered something else than `LoginSuccess`: what that asks for, with its ticket. */
    completeSignIn: (input: CompleteLoginInput): Promise<SignInResult> =>
      session.inTurn(async () => {
        const answer = await send({ document: CompleteLoginDocument, variables: { input } })
        return begin(session, readOutcome(answer, 'completeLogin'))
      }),
  }
}

async function begin(session: Session, { result, userErrors }: LoginOutcomeFragment): Promise<SignInResult> {
  // A newer server may ask for a next step that this version does not know: hand it on as it is.
  if (result?.__typename !== 'LoginSuccess') return { result, userErrors }

  const { tokens, ...rest } = result
  await session.begin(tokens, result.session.user?.id ?? null)
  return { result: rest, userErrors }
}

/** A result that is missing for no reason a person can put right has failed. */
function readOutcome<Field extends string>(
  answer: Answer<Record<Field, LoginOutcomeFragment>>,
  field: Field,
): LoginOutcomeFragment {
  const outcome: LoginOutcomeFragment = rootField(answer, field)
  const [failed] = answer.errors
  if (outcome.result === null && outcome.userErrors.length === 0 && failed) throw failed
  return outcome
}
