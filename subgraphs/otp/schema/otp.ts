import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { IdentifierInput } from '../../shared/graphql/identifier-input.js'
import { DateTime, Jwt } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'

const OtpPurpose = {
  LOGIN: 'LOGIN',
  PASSWORD_RESET: 'PASSWORD_RESET',
  MFA: 'MFA',
  CUSTOM: 'CUSTOM',
  PROFILE_CHANGE: 'PROFILE_CHANGE',
  EMAIL_VERIFICATION: 'EMAIL_VERIFICATION',
  PHONE_VERIFICATION: 'PHONE_VERIFICATION',
} as const
const DeliveryChannel = { EMAIL: 'EMAIL', SMS: 'SMS' } as const

registerEnumType(OtpPurpose, {
  name: 'OtpPurpose',
  description: "CUSTOM: another team's mutation, named by `action`",
})
registerEnumType(DeliveryChannel, { name: 'DeliveryChannel' })

@InputType()
export class GenerateOtpInput {
  @Field(() => OtpPurpose)
  purpose!: keyof typeof OtpPurpose

  @Field(() => DeliveryChannel)
  channel!: keyof typeof DeliveryChannel

  @Field(() => IdentifierInput, {
    nullable: true,
    description: 'Whose code; an unknown one gets a decoy challenge with the same answers and limits',
  })
  identifier?: IdentifierInput | null

  @Field(() => String, { nullable: true, description: 'With MFA: a second factor during sign-in' })
  loginTicket?: string | null

  @Field(() => String, { nullable: true, description: 'With MFA: a second factor during step-up' })
  stepUpTicket?: string | null

  @Field(() => ID, { nullable: true, description: 'The new address of a pending change' })
  contactChangeId?: string | null

  @Field(() => String, { nullable: true, description: 'With CUSTOM: what the grant may be spent on' })
  action?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'With CUSTOM: who spends it, one that the operator lists',
  })
  audience?: string | null

  @Field(() => ID, {
    nullable: true,
    description: 'Send again: the same challenge with a new code, the tries kept',
  })
  challengeId?: string | null
}

@ObjectType()
export class GenerateOtpPayload {
  @Field(() => ID, { nullable: true })
  challengeId!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Masks the given identifier, or the address of a ticket’s owner; null for a username',
  })
  destinationMasked!: string | null

  @Field(() => DateTime, { nullable: true })
  expiresAt!: Date | null

  @Field(() => Int, { nullable: true })
  resendAfter!: number | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class ValidateOtpInput {
  @Field(() => ID)
  challengeId!: string

  @Field(() => String)
  code!: string
}

@ObjectType()
export class ValidateOtpPayload {
  @Field(() => Boolean)
  valid!: boolean

  @Field(() => Jwt, { nullable: true })
  grant!: string | null

  @Field(() => DateTime, { nullable: true })
  grantExpiresAt!: Date | null

  @Field(() => Int, { nullable: true })
  attemptsRemaining!: number | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
