import {
  ConfirmEmailChangeDocument,
  MyContactChangesDocument,
  RequestEmailChangeDocument,
  type RequestEmailChangeInput,
  RevertContactChangeDocument,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'
import type { ExecuteOptions } from './transport.js'

/** Another e-mail address: asked for after a fresh proof, proved and undone by mailed links. */
export const createContactMethods = (execute: Execute) => ({
  requestEmailChange: async (input: RequestEmailChangeInput, options?: ExecuteOptions) =>
    rootField(await execute(RequestEmailChangeDocument, { input }, options), 'requestEmailChange'),

  confirmEmailChange: async (token: string) =>
    rootField(await execute(ConfirmEmailChangeDocument, { input: { token } }), 'confirmEmailChange'),

  revertContactChange: async (token: string) =>
    rootField(await execute(RevertContactChangeDocument, { input: { token } }), 'revertContactChange'),

  myContactChanges: async () =>
    rootField(await execute(MyContactChangesDocument), 'me')?.pendingContactChanges ?? null,
})
