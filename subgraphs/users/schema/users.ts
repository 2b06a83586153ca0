import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfo } from '../../shared/graphql/connection.js'
import { DateTime, EmailAddress } from '../../shared/graphql/scalars.js'
import { User, UserStatus } from './user.js'

const UserOrderField = {
  CREATED_AT: 'CREATED_AT',
  UPDATED_AT: 'UPDATED_AT',
  DISPLAY_NAME: 'DISPLAY_NAME',
} as const
const OrderDirection = { ASC: 'ASC', DESC: 'DESC' } as const

registerEnumType(UserOrderField, { name: 'UserOrderField' })
registerEnumType(OrderDirection, { name: 'OrderDirection' })

@InputType()
export class UserFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words, at most five and one of them of three letters or more: each is somewhere in the names, the username or the address',
  })
  query?: string | null

  @Field(() => EmailAddress, { nullable: true })
  email?: string | null

  @Field(() => [UserStatus], { nullable: true })
  status?: (keyof typeof UserStatus)[] | null

  @Field(() => String, { nullable: true })
  role?: string | null

  @Field(() => DateTime, { nullable: true })
  createdAfter?: string | null

  @Field(() => DateTime, { nullable: true })
  createdBefore?: string | null
}

@InputType()
export class UserOrder {
  @Field(() => UserOrderField)
  field!: keyof typeof UserOrderField

  @Field(() => OrderDirection, { defaultValue: 'ASC' })
  direction!: keyof typeof OrderDirection
}

@ObjectType()
export class UserEdge {
  @Field(() => String)
  cursor!: string

  @Field(() => User)
  node!: User
}

@ObjectType()
export class Count {
  @Field(() => Int)
  value!: number

  @Field(() => Boolean)
  isExact!: boolean
}

@ObjectType()
export class UserConnection {
  @Field(() => [UserEdge])
  edges!: UserEdge[]

  @Field(() => [User])
  nodes!: User[]

  @Field(() => PageInfo)
  pageInfo!: PageInfo

  /** Counts when it is asked. */
  count!: () => Promise<Count>
}

@ArgsType()
export class UsersArgs {
  @Field(() => Int, { nullable: true })
  first?: number | null

  @Field(() => String, { nullable: true })
  after?: string | null

  @Field(() => Int, { nullable: true })
  last?: number | null

  @Field(() => String, { nullable: true })
  before?: string | null

  @Field(() => UserFilter, { nullable: true })
  filter?: UserFilter | null

  @Field(() => UserOrder, { nullable: true, description: 'Without it, newest first' })
  orderBy?: UserOrder | null
}
