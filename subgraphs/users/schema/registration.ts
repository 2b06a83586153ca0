import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime, EmailAddress, Jwt, PhoneNumber, Url } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { ProfileInput } from './profile.js'
import { User } from './user.js'

const RegistrationStep = {
  VERIFY_EMAIL: 'VERIFY_EMAIL',
  VERIFY_PHONE: 'VERIFY_PHONE',
  SET_UP_MFA: 'SET_UP_MFA',
  DONE: 'DONE',
} as const

registerEnumType(RegistrationStep, { name: 'RegistrationStep' })

@InputType()
export class RegisterInput {
  @Field(() => EmailAddress, { nullable: true })
  email?: string | null

  @Field(() => PhoneNumber, { nullable: true })
  phoneNumber?: string | null

  @Field(() => String, { nullable: true })
  username?: string | null

  @Field(() => String, { nullable: true })
  password?: string | null

  @Field(() => ProfileInput, { nullable: true })
  profile?: ProfileInput | null

  @Field(() => String, { nullable: true })
  acceptedTermsVersion?: string | null

  @Field(() => Url, { nullable: true, description: "One of the operator's configured pages" })
  verificationUrl?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'Of the mailed or texted link: takes over the account that was made for this address or number',
  })
  invitationToken?: string | null
}

@ObjectType()
export class RegisterPayload {
  @Field(() => User, { nullable: true, description: 'Null while verification is required' })
  user!: User | null

  @Field(() => RegistrationStep, { nullable: true })
  nextStep!: keyof typeof RegistrationStep | null

  @Field(() => ID, { nullable: true, description: 'For a phone: hand to validateOtp' })
  challengeId!: string | null

  @Field(() => DateTime, { nullable: true })
  challengeExpiresAt!: Date | null

  @Field(() => Int, { nullable: true })
  resendAfter!: number | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class VerifyEmailInput {
  @Field(() => String, { nullable: true, description: 'Link token, or' })
  token?: string | null

  @Field(() => Jwt, { nullable: true, description: 'OTP grant with purpose EMAIL_VERIFICATION' })
  grant?: string | null
}

@ObjectType()
export class VerifyEmailPayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class VerifyPhoneInput {
  @Field(() => Jwt, { description: 'OTP grant with purpose PHONE_VERIFICATION' })
  grant!: string
}

@ObjectType()
export class VerifyPhonePayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class ResendEmailVerificationInput {
  @Field(() => EmailAddress)
  email!: string
}
