import {
  AuditLogDocument,
  type AuditLogQueryVariables,
  MyAuditLogDocument,
  type MyAuditLogQueryVariables,
  RolesDocument,
  UserDocument,
  UsersDocument,
  type UsersQueryVariables,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** Other people's accounts, for those who look after them, and what was done to any, one's own among them. */
export const createAdministrationMethods = (execute: Execute) => ({
  user: async (id: string) => rootField(await execute(UserDocument, { id }), 'user'),

  users: async (page: UsersQueryVariables = {}) => rootField(await execute(UsersDocument, page), 'users'),

  roles: async () => rootField(await execute(RolesDocument), 'roles'),

  auditLog: async (page: AuditLogQueryVariables = {}) =>
    rootField(await execute(AuditLogDocument, page), 'auditLog'),

  myAuditLog: async (page: MyAuditLogQueryVariables = {}) =>
    rootField(await execute(MyAuditLogDocument, page), 'me')?.auditLog ?? null,
})
