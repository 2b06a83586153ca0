import {
  BeginStepUpDocument,
  type BeginStepUpInput,
  CurrentSessionDocument,
  MySessionsDocument,
  type MySessionsQueryVariables,
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  RevokeUserSessionsDocument,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** Where the person is signed in, and ending it elsewhere. */
export const createSessionMethods = (execute: Execute) => ({
  currentSession: async () => rootField(await execute(CurrentSessionDocument), 'currentSession'),

  mySessions: async (page: MySessionsQueryVariables = {}) =>
    rootField(await execute(MySessionsDocument, page), 'me')?.sessions ?? null,

  /** What proves again who is signed in; hand its ticket to `completeStepUp`. */
  beginStepUp: async (input: BeginStepUpInput = {}) =>
    rootField(await execute(BeginStepUpDocument, { input }), 'beginStepUp'),

  revokeSession: async (id: string) =>
    rootField(await execute(RevokeSessionDocument, { id }), 'revokeSession'),

  revokeOtherSessions: async () =>
    rootField(await execute(RevokeOtherSessionsDocument), 'revokeOtherSessions'),

  revokeUserSessions: async (userId: string) =>
    rootField(await execute(RevokeUserSessionsDocument, { userId }), 'revokeUserSessions'),
})
