import {
  type ConfirmContactChangeInput,
  ConfirmEmailChangeDocument,
  ConfirmPhoneChangeDocument,
  MyContactChangesDocument,
  RequestEmailChangeDocument,
  type RequestEmailChangeInput,
  RequestPhoneChangeDocument,
  type RequestPhoneChangeInput,
  RevertContactChangeDocument,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'
import type { ExecuteOptions } from './transport.js'

/** Another e-mail address or telephone number: asked for after a fresh proof, proved at the new one, undone from the old. */
export const createContactMethods = (execute: Execute) => ({
  requestEmailChange: async (input: RequestEmailChangeInput, options?: ExecuteOptions) =>
    rootField(await execute(RequestEmailChangeDocument, { input }, options), 'requestEmailChange'),

  /** By the token of the mailed link, or by the grant of a code that `generateOtp` sent to the new address. */
  confirmEmailChange: async (proof: string | ConfirmContactChangeInput) => {
    const input = typeof proof === 'string' ? { token: proof } : proof
    return rootField(await execute(ConfirmEmailChangeDocument, { input }), 'confirmEmailChange')
  },

  requestPhoneChange: async (input: RequestPhoneChangeInput, options?: ExecuteOptions) =>
    rootField(await execute(RequestPhoneChangeDocument, { input }, options), 'requestPhoneChange'),

  confirmPhoneChange: async (input: ConfirmContactChangeInput) =>
    rootField(await execute(ConfirmPhoneChangeDocument, { input }), 'confirmPhoneChange'),

  revertContactChange: async (token: string) =>
    rootField(await execute(RevertContactChangeDocument, { input: { token } }), 'revertContactChange'),

  myContactChanges: async () =>
    rootField(await execute(MyContactChangesDocument), 'me')?.pendingContactChanges ?? null,
})
