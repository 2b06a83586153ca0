import {
  AssignRoleDocument,
  AuditLogDocument,
  type AuditLogQueryVariables,
  CreateUserDocument,
  type CreateUserInput,
  DisableUserDocument,
  type DisableUserInput,
  EnableUserDocument,
  MyAuditLogDocument,
  type MyAuditLogQueryVariables,
  RolesDocument,
  UnassignRoleDocument,
  UpdateUserDocument,
  type UpdateUserInput,
  UserDocument,
  UsersDocument,
  type UsersQueryVariables,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'
import type { ExecuteOptions } from './transport.js'

/** Other people's accounts, for those who look after them, and what was done to any, one's own among them. */
export const createAdministrationMethods = (execute: Execute) => ({
  user: async (id: string) => rootField(await execute(UserDocument, { id }), 'user'),

  users: async (page: UsersQueryVariables = {}) => rootField(await execute(UsersDocument, page), 'users'),

  /** With roles it asks for a fresh proof. */
  createUser: async (input: CreateUserInput, options?: ExecuteOptions) =>
    rootField(await execute(CreateUserDocument, { input }, options), 'createUser'),

  updateUser: async (id: string, input: UpdateUserInput) =>
    rootField(await execute(UpdateUserDocument, { id, input }), 'updateUser'),

  disableUser: async (input: DisableUserInput) =>
    rootField(await execute(DisableUserDocument, { input }), 'disableUser'),

  enableUser: async (id: string) => rootField(await execute(EnableUserDocument, { id }), 'enableUser'),

  /** Asks for a fresh proof, and so does `unassignRole`. */
  assignRole: async (userId: string, role: string) =>
    rootField(await execute(AssignRoleDocument, { userId, role }), 'assignRole'),

  unassignRole: async (userId: string, role: string) =>
    rootField(await execute(UnassignRoleDocument, { userId, role }), 'unassignRole'),

  roles: async () => rootField(await execute(RolesDocument), 'roles'),

  auditLog: async (page: AuditLogQueryVariables = {}) =>
    rootField(await execute(AuditLogDocument, page), 'auditLog'),

  myAuditLog: async (page: MyAuditLogQueryVariables = {}) =>
    rootField(await execute(MyAuditLogDocument, page), 'me')?.auditLog ?? null,
})
