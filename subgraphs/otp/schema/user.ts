import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** The part of `User` this subgraph owns. */
@Directive('@key(fields: "id")')
@ObjectType()
export class User {
  @Field(() => ID)
  id!: string
}
