import {
  MyNotificationPreferencesDocument,
  MyNotificationsDocument,
  type MyNotificationsQueryVariables,
  type NotificationPreferencesInput,
  RetryNotificationDocument,
  UpdateNotificationPreferencesDocument,
} from './__generated__/operations.js'
import type { Execute } from './execute.js'
import { rootField } from './root-field.js'

/** What a person was sent, and what they want to be told. */
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

  retryNotification: async (id: string) =>
    rootField(await execute(RetryNotificationDocument, { id }), 'retryNotification'),
})
