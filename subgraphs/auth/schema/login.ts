import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { IdentifierInput } from '../../shared/graphql/identifier-input.js'
import { DateTime, Jwt } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { AuthenticationMethod, DeliveryChannel, PasswordChangeReason, TokenDelivery } from './enums.js'
import { Session } from './session.js'
import { AuthTokens } from './tokens.js'
import { User } from './user.js'

@InputType()
export class LoginInput {
  @Field(() => IdentifierInput)
  identifier!: IdentifierInput

  @Field(() => String, { nullable: true, description: 'password or a LOGIN grant from validateOtp' })
  password?: string | null

  @Field(() => Jwt, { nullable: true })
  grant?: string | null

  @Field(() => TokenDelivery, { defaultValue: 'COOKIE' })
  tokenDelivery!: keyof typeof TokenDelivery

  @Field(() => String, { nullable: true })
  deviceName?: string | null

  @Field(() => String, { nullable: true })
  deviceToken?: string | null
}

@ObjectType()
export class LoginSuccess {
  @Field(() => AuthTokens)
  tokens!: AuthTokens

  @Field(() => Session)
  session!: Session

  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => Boolean)
  isNewDevice!: boolean
}

@ObjectType()
export class SecondFactorRequired {
  @Field(() => String, { description: 'For `completeLogin`, within its time and five tries' })
  loginTicket!: string

  @Field(() => [AuthenticationMethod])
  methods!: readonly (keyof typeof AuthenticationMethod)[]

  @Field(() => DateTime)
  expiresAt!: Date
}

@ObjectType({
  description:
    'A role demands a second factor and none is enrolled: enrol with the ticket, then completeLogin',
})
export class MfaEnrollmentRequired {
  @Field(() => String, {
    description: 'For `beginTotpEnrollment`, `confirmTotpEnrollment` and `completeLogin`',
  })
  loginTicket!: string

  @Field(() => [AuthenticationMethod], { description: 'What can be enrolled' })
  methods!: readonly (keyof typeof AuthenticationMethod)[]

  @Field(() => DateTime)
  expiresAt!: Date
}

@ObjectType({
  description:
    'Only for accounts that were verified before, and have nothing proved by now. Prove the address (`validateOtp` with the code, then `verifyEmail` or `verifyPhone`, or by the mailed link), then `completeLogin` with the ticket alone.',
})
export class VerificationRequired {
  @Field(() => String, { description: 'For `completeLogin`, within five minutes and five tries' })
  loginTicket!: string

  @Field(() => DeliveryChannel)
  channel!: keyof typeof DeliveryChannel

  @Field(() => String, { nullable: true })
  destinationMasked!: string | null

  @Field(() => ID, { nullable: true, description: 'Null where no code was sent, since one was just before' })
  challengeId!: string | null

  @Field(() => DateTime, { nullable: true })
  challengeExpiresAt!: Date | null

  @Field(() => Int, { nullable: true, description: 'Seconds' })
  resendAfter!: number | null
}

@ObjectType({
  description: 'The password is right, and is to be another from now on: `completeLogin` with `newPassword`',
})
export class PasswordChangeRequired {
  @Field(() => String, { description: 'For `completeLogin`, within five minutes and five tries' })
  loginTicket!: string

  @Field(() => PasswordChangeReason, {
    description:
      'What to say to them. `TOO_SHORT`: no second factor stands beside it any more. Further reasons may come: say of one you do not know what you say of `ADMIN_RESET`',
  })
  reason!: keyof typeof PasswordChangeReason
}

export const LoginResult = createUnionType({
  name: 'LoginResult',
  types: () =>
    [
      ...([LoginSuccess, SecondFactorRequired] as const),
      ...([MfaEnrollmentRequired, VerificationRequired, PasswordChangeRequired] as const),
    ] as const,
  resolveType(value) {
    if ('tokens' in value) return LoginSuccess
    if ('reason' in value) return PasswordChangeRequired
    if ('channel' in value) return VerificationRequired
    return value instanceof MfaEnrollmentRequired ? MfaEnrollmentRequired : SecondFactorRequired
  },
})

@ObjectType()
export class LoginPayload {
  @Field(() => LoginResult, { nullable: true })
  result!:
    | LoginSuccess
    | SecondFactorRequired
    | MfaEnrollmentRequired
    | VerificationRequired
    | PasswordChangeRequired
    | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class CompleteLoginInput {
  @Field(() => String)
  loginTicket!: string

  @Field(() => String, { nullable: true, description: 'TOTP, recovery code' })
  code?: string | null

  @Field(() => Jwt, { nullable: true, description: 'MFA grant from validateOtp' })
  grant?: string | null

  @Field(() => AuthenticationMethod, { nullable: true, description: 'What the code or the grant is' })
  method?: keyof typeof AuthenticationMethod | null

  @Field(() => String, {
    nullable: true,
    description:
      'Where `PasswordChangeRequired` was answered; one that is refused leaves the ticket as it is',
  })
  newPassword?: string | null

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'On this device a password is enough for 30 days',
  })
  trustDevice?: boolean | null
}

@ObjectType()
export class SignInOptions {
  @Field(() => Boolean)
  password!: boolean

  @Field(() => Boolean)
  passkey!: boolean

  @Field(() => Boolean)
  magicLink!: boolean

  @Field(() => [DeliveryChannel])
  otpChannels!: readonly (keyof typeof DeliveryChannel)[]

  @Field(() => [String])
  externalProviders!: string[]
}
