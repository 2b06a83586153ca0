import type { Answer } from './answer.js'
import { isUnauthenticated, UsergraphError } from './errors.js'
import type { Renew } from './renew.js'
import type { Session } from './session.js'
import type { ExecuteOptions, Send } from './transport.js'
import type { TypedDocument } from './typed-document.js'

/** Variables may be left out where an operation needs none. */
type Rest<Variables> =
  Record<never, never> extends Variables
    ? [variables?: Variables, options?: ExecuteOptions]
    : [variables: Variables, options?: ExecuteOptions]

export type Execute = <Result, Variables>(
  document: TypedDocument<Result, Variables>,
  ...rest: Rest<Variables>
) => Promise<Answer<Result>>

type Deps = { session: Session; send: Send; renew: Renew }

/**
 * Runs an operation as whoever is signed in, with a token that is still good.
 *
 * One refused as UNAUTHENTICATED is sent again after a renewal, once, and also when it is a mutation: the server
 * refuses for that reason before anything has run.
 */
export function makeExecute({ session, send, renew }: Deps): Execute {
  return async (document, ...[variables, options]) => {
    // `Rest` lets variables be left out only where `{}` is of their type.
    const given = variables ?? ({} as NonNullable<typeof variables>)
    const run = (accessToken: string | null) => send({ ...options, document, variables: given, accessToken })

    const accessToken = await freshToken(session, renew)
    try {
      return await run(accessToken)
    } catch (error) {
      if (!isUnauthenticated(error) || !(await renew(accessToken))) throw error
      return run((await session.read()).accessToken)
    }
  }
}

async function freshToken(session: Session, renew: Renew): Promise<string | null> {
  const { accessToken, renewAt } = await session.read()
  if (accessToken === null || !session.isDue(renewAt)) return accessToken

  // A renewal that could not be had is no reason to stop yet: the token is good for some seconds more.
  const renewed = await renew(accessToken).catch(() => true)
  // Never go on as nobody, or as whoever comes next, with what was begun as this person.
  if (!renewed) throw new UsergraphError({ code: 'UNAUTHENTICATED' })
  return (await session.read()).accessToken
}
