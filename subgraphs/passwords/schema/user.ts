import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { DateTime } from '../../shared/graphql/scalars.js'

@ObjectType()
export class PasswordState {
  @Field(() => Boolean)
  isSet!: boolean

  @Field(() => DateTime, { nullable: true })
  changedAt!: Date | null

  @Field(() => Boolean)
  mustChange!: boolean

  @Field(() => DateTime, { nullable: true })
  knownBreachedAt!: Date | null
}

/** The part of `User` this subgraph owns. */
@Directive('@key(fields: "id")')
@ObjectType()
export class User {
  @Field(() => ID)
  id!: string

  @Directive('@policy(policies: [["self"], ["users:read"]])')
  @Field(() => PasswordState, { nullable: true })
  password?: PasswordState | null
}
