import type { CallerName } from '../contracts/subgraph-names.js'
import { AppError } from '../errors/app-error.js'
import { internalCalls } from '../metrics/registry.js'
import type { AnyCallHandlers, CallTransports } from './transport.js'

const MAX_WAIT_MS = 5000

export type InProcessCalls = {
  transports: CallTransports
  /** Makes an owner's calls reachable; done once all subgraphs are made, so that they may know each other. */
  register(handlers: AnyCallHandlers): void
}

/** Internal calls as function calls, with the same list of who may ask what. */
export function createInProcessCalls(): InProcessCalls {
  const owners = new Map<string, AnyCallHandlers>()

  return {
    register: (handlers) => {
      owners.set(handlers.owner, handlers)
    },
    transports: (caller) => ({
      call: (owner, name, input) => withTimeout(dispatch(owners.get(owner), caller, name, input)),
    }),
  }
}

/** Looks a call up, checks that this caller may make it, and makes it. */
export async function dispatch(
  owner: AnyCallHandlers | undefined,
  caller: CallerName,
  name: string,
  input: unknown,
): Promise<unknown> {
  const definition = owner && Object.hasOwn(owner.definitions, name) ? owner.definitions[name] : undefined
  const handler = owner?.handlers[name]
  if (!definition || !handler) throw new AppError('NOT_FOUND')
  if (!definition.callers.includes(caller)) throw new AppError('FORBIDDEN')

  internalCalls.inc({ caller, owner: owner?.owner ?? '', call: name })
  return handler(input)
}

function withTimeout(answer: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 })),
      MAX_WAIT_MS,
    )
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
