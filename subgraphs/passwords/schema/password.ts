import { ArgsType, Field, Int, ObjectType } from 'type-graphql'
import type { UserErrorCode } from '../../shared/errors/user-error-codes.js'
import { UserErrorCodeEnum } from '../../shared/graphql/user-error.js'

@ObjectType()
export class PasswordPolicy {
  @Field(() => Int)
  minLength!: number

  @Field(() => Int)
  maxLength!: number

  @Field(() => Boolean)
  breachCheck!: boolean

  @Field(() => Int)
  historySize!: number
}

@ArgsType()
export class CheckPasswordArgs {
  @Field(() => String)
  password!: string

  @Field(() => [String], { nullable: true })
  userInputs?: string[] | null
}

@ObjectType()
export class PasswordCheck {
  @Field(() => Boolean)
  acceptable!: boolean

  @Field(() => Int, { description: '0..4' })
  score!: number

  @Field(() => [UserErrorCodeEnum])
  reasons!: UserErrorCode[]

  @Field(() => [String])
  suggestions!: string[]
}
