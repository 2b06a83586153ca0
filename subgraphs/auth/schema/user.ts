import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** The part of `User` that auth owns: where the person is signed in. */
@Directive('@key(fields: "id")')
@ObjectType()
export class User {
  @Field(() => ID)
  id!: string
}
