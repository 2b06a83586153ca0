import { registerEnumType } from 'type-graphql'

/** An enum whose values are their own names. */
function graphEnum<Name extends string>(name: string, values: readonly Name[]) {
  const members = Object.fromEntries(values.map((value) => [value, value])) as { [Key in Name]: Key } // built from these
  registerEnumType(members, { name })
  return members
}

export const SessionState = graphEnum('SessionState', ['ACTIVE', 'EXPIRED', 'REVOKED'])
export const AssuranceLevel = graphEnum('AssuranceLevel', ['AAL1', 'AAL2', 'AAL3'])
export const AuthenticationMethod = graphEnum('AuthenticationMethod', [
  ...(['PASSWORD', 'OTP_EMAIL', 'OTP_SMS', 'TOTP'] as const),
  ...(['PASSKEY', 'MAGIC_LINK', 'EXTERNAL', 'RECOVERY_CODE'] as const),
])
export const DeviceKind = graphEnum('DeviceKind', ['DESKTOP', 'MOBILE', 'TABLET', 'OTHER'])
export const TokenType = graphEnum('TokenType', ['BEARER', 'DPOP'])
export const TokenDelivery = graphEnum('TokenDelivery', ['COOKIE', 'BODY'])
export const DeliveryChannel = graphEnum('DeliveryChannel', ['EMAIL', 'SMS'])
/** Members join as something asks for them. */
export const PasswordChangeReason = graphEnum('PasswordChangeReason', [
  ...(['BREACHED', 'EXPIRED', 'ADMIN_RESET', 'TOO_SHORT'] as const),
])
export const TokenInvalidReason = graphEnum('TokenInvalidReason', [
  ...(['MALFORMED', 'BAD_SIGNATURE', 'EXPIRED', 'NOT_YET_VALID'] as const),
  ...(['WRONG_ISSUER', 'WRONG_AUDIENCE', 'REVOKED', 'UNKNOWN_KEY'] as const),
])
