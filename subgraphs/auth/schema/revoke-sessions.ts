import { Field, ID, ObjectType } from 'type-graphql'
import { UserError } from '../../shared/graphql/user-error.js'

@ObjectType()
export class RevokeSessionsPayload {
  @Field(() => [ID])
  revokedSessionIds!: string[]

  @Field(() => [UserError])
  userErrors!: UserError[]
}
