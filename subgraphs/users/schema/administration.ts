import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { DateTime } from '../../shared/graphql/scalars.js'
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

  @Field(() => String, { nullable: true })
  username?: string | null
}
