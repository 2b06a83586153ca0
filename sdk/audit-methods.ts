import {
  AuditLogDocument,
  type AuditLogQueryVariables,
  MyAuditLogDocument,
  type MyAuditLogQueryVariables,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** What was done: to one's own account, and for administrators to any. */
export const createAuditMethods = (execute: Execute) => ({
  auditLog: async (page: AuditLogQueryVariables = {}) =>
    rootField(await execute(AuditLogDocument, page), 'auditLog'),

  myAuditLog: async (page: MyAuditLogQueryVariables = {}) =>
    rootField(await execute(MyAuditLogDocument, page), 'me')?.auditLog ?? null,
})
