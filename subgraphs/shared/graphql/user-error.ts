import { Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { type Problem, USER_ERROR_MESSAGES, type UserErrorCode } from '../errors/user-error-codes.js'

/** The enum in the graph: each code under its own name. */
export const UserErrorCodeEnum = Object.fromEntries(
  Object.keys(USER_ERROR_MESSAGES).map((code) => [code, code]),
) as { [Code in UserErrorCode]: Code } // built from exactly these keys

registerEnumType(UserErrorCodeEnum, { name: 'UserErrorCode' })

@Directive('@shareable')
@ObjectType({ description: 'A business-level failure the person can act on.' })
export class UserError {
  @Field(() => UserErrorCodeEnum)
  code!: UserErrorCode

  @Field(() => String)
  message!: string

  @Field(() => [String], {
    nullable: true,
    description: 'Path into `input`, e.g. ["profile","locale"]; null when not tied to a field',
  })
  field!: readonly string[] | null

  @Field(() => Int, { nullable: true, description: 'Seconds until a retry can succeed (rate limit, resend)' })
  retryAfter!: number | null
}

export const userError = ({ code, field, retryAfter }: Problem): UserError => ({
  code,
  message: USER_ERROR_MESSAGES[code],
  field: field ?? null,
  retryAfter: retryAfter ?? null,
})

@Directive('@shareable')
@ObjectType({ description: 'Same answer whether or not the account exists' })
export class AcceptedPayload {
  @Field(() => Boolean)
  accepted!: boolean

  @Field(() => [UserError])
  userErrors!: UserError[]
}
