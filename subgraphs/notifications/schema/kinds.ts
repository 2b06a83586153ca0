import { registerEnumType } from 'type-graphql'

const enumOf = <const Names extends readonly string[]>(names: Names) =>
  Object.fromEntries(names.map((name) => [name, name])) as { [Name in Names[number]]: Name } // built from these names

export const NotificationChannel = enumOf(['EMAIL', 'SMS'])
export type NotificationChannel = keyof typeof NotificationChannel

export const NotificationStatus = enumOf([
  'QUEUED',
  'SENDING',
  'SENT',
  'DELIVERED',
  'BOUNCED',
  'COMPLAINED',
  'FAILED',
  'DEAD_LETTERED',
  'SUPPRESSED',
])
export type NotificationStatus = keyof typeof NotificationStatus

export const NotificationKind = enumOf([
  'WELCOME',
  'ACCOUNT_EXISTS',
  'INVITATION',
  'EMAIL_VERIFICATION',
  'PHONE_VERIFICATION',
  'LOGIN_ALERT',
  'MAGIC_LINK',
  'OTP',
  'PASSWORD_RESET',
  'PASSWORD_CHANGED',
  'PROFILE_CHANGED',
  'EMAIL_CHANGED',
  'PHONE_CHANGED',
  'MFA_CHANGED',
  'SESSION_REVOKED',
  'ACCOUNT_DELETION',
  'PRODUCT_NEWS',
  'CUSTOM',
])
export type NotificationKind = keyof typeof NotificationKind

registerEnumType(NotificationChannel, { name: 'NotificationChannel' })
registerEnumType(NotificationStatus, { name: 'NotificationStatus' })
registerEnumType(NotificationKind, { name: 'NotificationKind' })
