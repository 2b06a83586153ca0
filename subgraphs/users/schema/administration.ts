import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime, EmailAddress, PhoneNumber } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { ProfileInput } from './profile.js'
import { User } from './user.js'

@ObjectType()
export class UserPayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}

@InputType()
export class DisableUserInput {
  @Field(() => ID)
  userId!: string

  @Field(() => String, { description: 'Stays in the audit log: nothing personal' })
  reason!: string

  @Field(() => DateTime, { nullable: true, description: 'Ends by itself then; without it, by `enableUser`' })
  until?: string | null
}

@InputType()
export class UpdateUserInput {
  @Field(() => ProfileInput, { nullable: true })
  profile?: ProfileInput | null

  @Field(() => EmailAddress, {
    nullable: true,
    description: 'Needs a fresh proof. In force at once; the old one is told, and may undo it for seven days',
  })
  email?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Needs a fresh proof. Without it, a new address gets a link to verify it',
  })
  emailVerified?: boolean | null

  @Field(() => PhoneNumber, {
    nullable: true,
    description:
      'Needs a fresh proof. In force at once; old number and proved address are told, and may undo it for seven days',
  })
  phoneNumber?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Needs a fresh proof. Without it, whoever has a new number proves it: `generateOtp`',
  })
  phoneNumberVerified?: boolean | null

  @Field(() => String, { nullable: true })
  username?: string | null
}
