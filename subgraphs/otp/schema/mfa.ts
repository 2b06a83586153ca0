import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTime, Jwt } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { User } from './user.js'

const MfaFactorKind = { TOTP: 'TOTP', SMS: 'SMS' } as const

registerEnumType(MfaFactorKind, {
  name: 'MfaFactorKind',
  description: 'E-mail codes verify and recover; they are no second factor',
})

@ObjectType()
export class MfaFactor {
  @Field(() => MfaFactorKind)
  kind!: keyof typeof MfaFactorKind

  @Field(() => String, { nullable: true, description: 'The number that texts go to; null for an app' })
  destinationMasked!: string | null

  @Field(() => DateTime)
  enrolledAt!: Date

  @Field(() => DateTime, { nullable: true })
  lastUsedAt!: Date | null
}

@ObjectType()
export class MfaState {
  /** Whose it is; not in the schema. */
  userId!: string

  @Field(() => Boolean)
  enabled!: boolean

  @Field(() => [MfaFactor])
  factors!: MfaFactor[]

  @Field(() => Int)
  recoveryCodesRemaining!: number
}

@ObjectType()
export class BeginTotpEnrollmentPayload {
  @Field(() => ID, { nullable: true })
  enrollmentId!: string | null

  @Field(() => String, { nullable: true, description: 'Base32, for who types it in' })
  secret!: string | null

  @Field(() => String, { nullable: true, description: 'What the QR code holds' })
  otpauthUri!: string | null

  @Field(() => String, { nullable: true, description: 'The QR code, to be shown as it is' })
  qrSvg!: string | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class BeginTotpEnrollmentInput {
  @Field(() => String, { nullable: true, description: 'Of MfaEnrollmentRequired, when not signed in' })
  loginTicket?: string | null
}

@InputType()
export class ConfirmTotpEnrollmentInput {
  @Field(() => ID)
  enrollmentId!: string

  @Field(() => String, { description: 'The code that the app shows' })
  code!: string

  @Field(() => String, { nullable: true, description: 'Of MfaEnrollmentRequired, when not signed in' })
  loginTicket?: string | null
}

@InputType()
export class SetOtpFactorInput {
  @Field(() => MfaFactorKind, { description: 'SMS; an app is enrolled by `beginTotpEnrollment`' })
  kind!: keyof typeof MfaFactorKind

  @Field(() => Boolean)
  enabled!: boolean
}

@ObjectType()
export class MfaPayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => [String], { nullable: true, description: 'Shown once, on first enrolment' })
  recoveryCodes!: string[] | null

  @Field(() => Jwt, { nullable: true, description: 'After enrolment by ticket: hand to completeLogin' })
  grant!: string | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@ObjectType()
export class RecoveryCodesPayload {
  @Field(() => [String], { nullable: true, description: 'Shown once' })
  recoveryCodes!: string[] | null

  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
