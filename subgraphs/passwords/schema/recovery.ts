import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { IdentifierInput } from '../../shared/graphql/identifier-input.js'
import { DateTime, Jwt, Url } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'

const ResetMethod = { LINK: 'LINK', OTP: 'OTP' } as const
const DeliveryChannel = { EMAIL: 'EMAIL', SMS: 'SMS' } as const

registerEnumType(ResetMethod, { name: 'ResetMethod' })
registerEnumType(DeliveryChannel, { name: 'DeliveryChannel' })

@InputType()
export class ForgotPasswordInput {
  @Field(() => IdentifierInput)
  identifier!: IdentifierInput

  @Field(() => ResetMethod, { defaultValue: 'LINK' })
  method!: keyof typeof ResetMethod

  @Field(() => DeliveryChannel, { defaultValue: 'EMAIL' })
  channel!: keyof typeof DeliveryChannel

  @Field(() => Url, { nullable: true, description: "One of the operator's configured pages" })
  resetUrl?: string | null
}

@ObjectType({ description: 'Same answer and same timing whether or not the account exists' })
export class ForgotPasswordPayload {
  @Field(() => Boolean)
  accepted!: boolean

  @Field(() => ID, { nullable: true, description: 'With method OTP: hand to validateOtp' })
  challengeId!: string | null

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null

  @Field(() => Int, { nullable: true })
  resendAfter!: number | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class ResetPasswordInput {
  @Field(() => String, { nullable: true, description: 'from the link' })
  token?: string | null

  @Field(() => Jwt, { nullable: true, description: 'PASSWORD_RESET grant from validateOtp' })
  grant?: string | null

  @Field(() => String)
  newPassword!: string
}

@ObjectType({ description: 'Every session ends; nobody is signed in' })
export class ResetPasswordPayload {
  @Field(() => Boolean)
  passwordReset!: boolean

  @Field(() => Int, { nullable: true })
  revokedSessionCount!: number | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
