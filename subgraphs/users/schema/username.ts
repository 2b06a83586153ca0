import { Field, InputType, ObjectType } from 'type-graphql'
import { UserErrorCodeEnum } from '../../shared/graphql/user-error.js'

@InputType()
export class ChangeUsernameInput {
  @Field(() => String)
  username!: string
}

@ObjectType()
export class UsernameAvailability {
  @Field(() => Boolean)
  acceptable!: boolean

  @Field(() => [UserErrorCodeEnum])
  reasons!: (keyof typeof UserErrorCodeEnum)[]
}
