import { Field, InputType, Int, ObjectType } from 'type-graphql'
import { UserError } from '../../shared/graphql/user-error.js'
import { User } from './user.js'

@InputType({ description: 'Every other session ends' })
export class ChangePasswordInput {
  @Field(() => String)
  currentPassword!: string

  @Field(() => String)
  newPassword!: string
}

@InputType()
export class SetPasswordInput {
  @Field(() => String)
  newPassword!: string
}

@ObjectType()
export class ChangePasswordPayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => Int, { nullable: true })
  revokedSessionCount!: number | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
