import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { Node } from '../../shared/graphql/node.js'
import { DateTime, EmailAddress, Jwt, PhoneNumber, Url } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { User } from './user.js'

const ContactKind = { EMAIL: 'EMAIL', PHONE: 'PHONE' } as const

registerEnumType(ContactKind, { name: 'ContactKind' })

@Directive('@key(fields: "id")')
@ObjectType({ implements: Node })
export class ContactChange extends Node {
  @Field(() => ContactKind)
  kind!: keyof typeof ContactKind

  @Field(() => String)
  newValueMasked!: string

  @Field(() => DateTime)
  requestedAt!: Date

  @Field(() => DateTime, { description: 'Until when it can be proved' })
  expiresAt!: Date

  @Field(() => DateTime, { nullable: true, description: 'Until when it can be undone, once it is in force' })
  revertUntil!: Date | null
}

@InputType()
export class RequestEmailChangeInput {
  @Field(() => EmailAddress)
  newEmail!: string

  @Field(() => Url, { nullable: true, description: "One of the operator's configured pages" })
  confirmUrl?: string | null
}

@InputType()
export class RequestPhoneChangeInput {
  @Field(() => PhoneNumber)
  newPhoneNumber!: string
}

@InputType({
  description:
    'Exactly one of: the mailed token, or a grant of purpose PROFILE_CHANGE bound to this change and address',
})
export class ConfirmContactChangeInput {
  @Field(() => ID, { nullable: true })
  changeId?: string | null

  @Field(() => String, { nullable: true })
  token?: string | null

  @Field(() => Jwt, { nullable: true })
  grant?: string | null
}

@InputType()
export class RevertContactChangeInput {
  @Field(() => String)
  token!: string
}

@ObjectType()
export class ContactChangePayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => ContactChange, { nullable: true })
  change!: ContactChange | null

  @Field(() => ID, { nullable: true, description: 'For a phone: hand to validateOtp' })
  challengeId!: string | null

  @Field(() => DateTime, { nullable: true })
  challengeExpiresAt!: Date | null

  @Field(() => Int, { nullable: true })
  resendAfter!: number | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
