import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { Locale, TimeZone } from '../../shared/graphql/scalars.js'

/** The part of `User` this subgraph owns. What hangs on it is resolvers', not properties. */
@Directive('@key(fields: "id")')
@ObjectType()
export class User {
  @Field(() => ID)
  id!: string

  @Directive('@external')
  @Field(() => Locale)
  locale?: string

  @Directive('@external')
  @Field(() => TimeZone, { nullable: true })
  timeZone?: string | null
}
