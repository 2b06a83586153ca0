import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** The part of `User` this subgraph owns. Its list of messages is a resolver's, not a property. */
@Directive('@key(fields: "id")')
@ObjectType()
export class User {
  @Field(() => ID)
  id!: string
}
