import {
  ApiClientsDocument,
  type ApiClientsQueryVariables,
  CreateApiClientDocument,
  type CreateApiClientInput,
  DeleteApiClientDocument,
  IssueClientTokenDocument,
  type IssueClientTokenInput,
  RotateApiClientSecretDocument,
  RotateSigningKeyDocument,
  type RotateSigningKeyInput,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** Machine callers: making and ending them, for administrators, and the token that one gets for its secret; the keys of all tokens. */
export const createApiClientMethods = (execute: Execute) => ({
  apiClients: async (page: ApiClientsQueryVariables = {}) =>
    rootField(await execute(ApiClientsDocument, page), 'apiClients'),

  createApiClient: async (input: CreateApiClientInput) =>
    rootField(await execute(CreateApiClientDocument, { input }), 'createApiClient'),

  rotateApiClientSecret: async (id: string) =>
    rootField(await execute(RotateApiClientSecretDocument, { id }), 'rotateApiClientSecret'),

  deleteApiClient: async (id: string) =>
    rootField(await execute(DeleteApiClientDocument, { id }), 'deleteApiClient'),

  rotateSigningKey: async (input: RotateSigningKeyInput = {}) =>
    rootField(await execute(RotateSigningKeyDocument, { input }), 'rotateSigningKey'),

  issueClientToken: async (input: IssueClientTokenInput) =>
    rootField(await execute(IssueClientTokenDocument, { input }), 'issueClientToken'),
})
