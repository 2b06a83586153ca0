import { Field, ObjectType } from 'type-graphql'
import { Json } from '../../shared/graphql/scalars.js'

@ObjectType({ description: 'Something that the operator keeps of people beyond the fields of every account' })
export class UserAttribute {
  @Field(() => String)
  namespace!: string

  @Field(() => String)
  key!: string

  @Field(() => Json)
  value!: unknown
}
