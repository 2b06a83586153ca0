import {
  MyNotificationPreferencesDocument,
  MyNotificationsDocument,
  type MyNotificationsQueryVariables,
  NotificationDocument,
  type NotificationPreferencesInput,
  NotificationsDocument,
  type NotificationsQueryVariables,
  type NotificationTemplateInput,
  NotificationTemplatesDocument,
  PreviewNotificationDocument,
  type PreviewNotificationQueryVariables,
  RemoveSuppressionDocument,
  RetryNotificationDocument,
  SendEmailDocument,
  type SendEmailInput,
  SendSmsDocument,
  type SendSmsInput,
  UnsubscribeDocument,
  UpdateNotificationPreferencesDocument,
  UpsertNotificationTemplateDocument,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** What a person was sent, and what they want to be told; what staff see of everybody's, and what services send. */
export const createNotificationMethods = (execute: Execute) => ({
  myNotifications: async (page: MyNotificationsQueryVariables = {}) =>
    rootField(await execute(MyNotificationsDocument, page), 'me')?.notifications ?? null,

  myNotificationPreferences: async () =>
    rootField(await execute(MyNotificationPreferencesDocument), 'me')?.notificationPreferences ?? null,

  updateNotificationPreferences: async (input: NotificationPreferencesInput) =>
    rootField(
      await execute(UpdateNotificationPreferencesDocument, { input }),
      'updateNotificationPreferences',
    ),

  notification: async (id: string) => rootField(await execute(NotificationDocument, { id }), 'notification'),

  notifications: async (page: NotificationsQueryVariables = {}) =>
    rootField(await execute(NotificationsDocument, page), 'notifications'),

  unsubscribe: async (token: string) =>
    rootField(await execute(UnsubscribeDocument, { token }), 'unsubscribe'),

  removeSuppression: async (address: string) =>
    rootField(await execute(RemoveSuppressionDocument, { address }), 'removeSuppression'),

  retryNotification: async (id: string) =>
    rootField(await execute(RetryNotificationDocument, { id }), 'retryNotification'),

  sendEmail: async (input: SendEmailInput) =>
    rootField(await execute(SendEmailDocument, { input }), 'sendEmail'),

  sendSms: async (input: SendSmsInput) => rootField(await execute(SendSmsDocument, { input }), 'sendSMS'),

  notificationTemplates: async (locale: string | null = null) =>
    rootField(await execute(NotificationTemplatesDocument, { locale }), 'notificationTemplates'),

  previewNotification: async (preview: PreviewNotificationQueryVariables) =>
    rootField(await execute(PreviewNotificationDocument, preview), 'previewNotification'),

  upsertNotificationTemplate: async (input: NotificationTemplateInput) =>
    rootField(await execute(UpsertNotificationTemplateDocument, { input }), 'upsertNotificationTemplate'),
})
