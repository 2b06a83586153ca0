import { Field, InputType, ObjectType } from 'type-graphql'
import { CalendarDate, DateTime, Json, Locale, TimeZone } from '../../shared/graphql/scalars.js'
import { UserError } from '../../shared/graphql/user-error.js'
import { User } from './user.js'

@InputType()
export class UserAttributeInput {
  @Field(() => String)
  namespace!: string

  @Field(() => String)
  key!: string

  @Field(() => Json, { nullable: true, description: 'Null removes it' })
  value?: unknown
}

@InputType()
export class ProfileInput {
  @Field(() => String, { nullable: true })
  displayName?: string | null

  @Field(() => String, { nullable: true })
  givenName?: string | null

  @Field(() => String, { nullable: true })
  familyName?: string | null

  @Field(() => CalendarDate, { nullable: true })
  birthdate?: string | null

  @Field(() => Locale, { nullable: true })
  locale?: string | null

  @Field(() => TimeZone, { nullable: true })
  timeZone?: string | null

  @Field(() => [UserAttributeInput], {
    nullable: true,
    description: 'Of the namespaces that the operator has defined; what is not named stays as it is',
  })
  attributes?: UserAttributeInput[] | null
}

@InputType()
export class UpdateProfileInput {
  @Field(() => ProfileInput)
  profile!: ProfileInput

  @Field(() => DateTime, { nullable: true, description: 'Optimistic lock' })
  ifUpdatedAt?: string | null
}

@ObjectType()
export class UpdateProfilePayload {
  @Field(() => User, { nullable: true })
  user!: User | null

  @Field(() => [UserError])
  userErrors!: UserError[]
}
