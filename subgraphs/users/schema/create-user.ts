import { Field, InputType, ObjectType } from 'type-graphql'
import { EmailAddress, PhoneNumber } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { ProfileInput } from './profile.js'
import { User } from './user.js'

@InputType()
export class CreateUserInput {
  @Field(() => EmailAddress, { nullable: true })
  email?: string | null

  @Field(() => PhoneNumber, {
    nullable: true,
    description: 'Without an address the invitation is texted, so it must be a number that may be',
  })
  phoneNumber?: string | null

  @Field(() => String, { nullable: true })
  username?: string | null

  @Field(() => ProfileInput, { nullable: true })
  profile?: ProfileInput | null

  @Field(() => [String], { nullable: true, description: 'Needs `roles:write` and a fresh proof' })
  roles?: string[] | null

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description:
      'Without it, whoever reads the mails of the address asks for it: `resendEmailVerification`; of a number alone: `register`',
  })
  sendInvitation?: boolean | null
}

@ObjectType()
export class CreateUserPayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
