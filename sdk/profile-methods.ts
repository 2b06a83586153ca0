import {
  ChangeUsernameDocument,
  type ChangeUsernameInput,
  MeDocument,
  MyAttributesDocument,
  UpdateProfileDocument,
  type UpdateProfileInput,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** Who is signed in, and what they say of themselves. */
export const createProfileMethods = (execute: Execute) => ({
  me: async () => rootField(await execute(MeDocument), 'me'),

  changeUsername: async (input: ChangeUsernameInput) =>
    rootField(await execute(ChangeUsernameDocument, { input }), 'changeUsername'),

  updateProfile: async (input: UpdateProfileInput) =>
    rootField(await execute(UpdateProfileDocument, { input }), 'updateProfile'),

  myAttributes: async (namespace?: string) =>
    rootField(await execute(MyAttributesDocument, namespace === undefined ? {} : { namespace }), 'me')
      ?.attributes ?? null,
})
